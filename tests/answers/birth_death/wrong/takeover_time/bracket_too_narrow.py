# message: same relative accuracy
def takeover_time(potential, alpha):
    gaps = np.sort(potential)[1:] - np.min(potential)
    if len(gaps) < 2:
        return 0.0
    early, late = 0.0, 1e7
    for _ in range(100):
        middle = (early + late) / 2
        early, late = (middle, late) if np.exp(-middle * gaps).sum() > 1 else (early, middle)
    return late / alpha
