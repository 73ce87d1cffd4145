# message: exp(-alpha t) + exp(-2 alpha t) = 1
def takeover_time(potential, alpha):
    gaps = (potential - potential[0])[1:]
    if len(gaps) < 2:
        return 0.0
    early, late = np.log(len(gaps)) / gaps[-1], np.log(len(gaps)) / gaps[0]
    for _ in range(100):
        middle = (early + late) / 2
        early, late = (middle, late) if np.exp(-middle * gaps).sum() > 1 else (early, middle)
    return late / alpha
