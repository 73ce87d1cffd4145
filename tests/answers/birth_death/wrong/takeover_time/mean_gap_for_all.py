# message: here all others have the mean gap
def takeover_time(potential, alpha):
    gaps = np.sort(potential)[1:] - np.min(potential)
    if len(gaps) < 2:
        return 0.0
    return np.log(len(gaps)) / (alpha * gaps.mean())
