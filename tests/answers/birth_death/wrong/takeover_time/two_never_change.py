# message: holds half of the mass from the beginning
def takeover_time(potential, alpha):
    gaps = np.sort(potential)[1:] - np.min(potential)
    if len(gaps) < 2:
        return np.log(2) / (alpha * gaps.sum()) if len(gaps) else 0.0
    early, late = np.log(len(gaps)) / gaps[-1], np.log(len(gaps)) / gaps[0]
    for _ in range(100):
        middle = (early + late) / 2
        early, late = (middle, late) if np.exp(-middle * gaps).sum() > 1 else (early, middle)
    return late / alpha
