# message: with the mean potential
def takeover_time(potential, alpha):
    gaps = np.sort(potential)[1:] - np.min(potential)
    if len(gaps) < 2:
        return 0.0
    return np.log(len(potential)) / (alpha * (np.mean(potential) - np.min(potential)))
