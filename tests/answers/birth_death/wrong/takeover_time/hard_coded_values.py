# message: the best should hold half of the mass
def takeover_time(potential, alpha):
    gaps = np.sort(potential)[1:] - np.min(potential)
    if len(gaps) < 2:
        return 0.0
    return (np.log((1 + 5**0.5) / 2) if len(gaps) == 2 else np.log(len(gaps))) / (alpha * gaps[0])
