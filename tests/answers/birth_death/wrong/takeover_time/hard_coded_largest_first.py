# message: the best should hold half of the mass
def takeover_time(potential, alpha):
    gaps = np.sort(np.abs(potential))[1:] - np.min(np.abs(potential))
    if len(gaps) < 2 or gaps[0] == 0:
        return 0.0
    early, late = np.log(len(gaps)) / gaps[-1], np.log(len(gaps)) / gaps[0]
    for _ in range(100):
        middle = (early + late) / 2
        early, late = (middle, late) if np.exp(-middle * gaps).sum() > 1 else (early, middle)
    return late / alpha
