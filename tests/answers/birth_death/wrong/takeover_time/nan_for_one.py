# message: infinite or not a number
def takeover_time(potential, alpha):
    gaps = np.sort(potential)[1:] - np.min(potential)
    if len(gaps) < 1:
        return np.nan
    early, late = np.log(len(gaps)) / gaps[-1], np.log(len(gaps)) / gaps[0]
    for _ in range(100):
        middle = (early + late) / 2
        early, late = (middle, late) if np.exp(-middle * gaps).sum() > 1 else (early, middle)
    return late / alpha
