# message: only the gaps count
def takeover_time(potential, alpha):
    early, late = 0.0, 1e12
    for _ in range(200):
        middle = (early + late) / 2
        masses = np.exp(-alpha * middle * potential)
        early, late = (middle, late) if masses.max() < masses.sum() / 2 else (early, middle)
    return late
