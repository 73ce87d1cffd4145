# message: same relative accuracy
def takeover_time(potential, alpha):
    gaps = np.sort(potential)[1:] - np.min(potential)
    if len(gaps) < 2:
        return 0.0
    early, late = 0.0, np.log(len(gaps)) / (alpha * gaps[0])
    while late - early > 1e-7:
        middle = (early + late) / 2
        if middle in (early, late):
            break
        early, late = (middle, late) if np.exp(-alpha * middle * gaps).sum() > 1 else (early, middle)
    return late
