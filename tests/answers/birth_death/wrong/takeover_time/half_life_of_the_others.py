# message: exp(-alpha t) + exp(-2 alpha t) = 1
def takeover_time(potential, alpha):
    gaps = np.sort(potential)[1:] - np.min(potential)
    if len(gaps) < 2:
        return 0.0
    early, late = np.log(len(gaps)) / gaps[-1], np.log(len(gaps)) / gaps[0]
    late *= 50
    for _ in range(100):
        middle = (early + late) / 2
        early, late = (middle, late) if np.exp(-middle * gaps).mean() > 0.25 else (early, middle)
    return late / alpha
