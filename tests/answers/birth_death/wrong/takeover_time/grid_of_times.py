# message: exp(-alpha t) + exp(-2 alpha t) = 1
def takeover_time(potential, alpha):
    times = np.linspace(0, 1000, 100_001)
    mass = 1 / np.exp(-alpha * np.outer(times, potential - np.min(potential))).sum(axis=1)
    return times[(mass >= 0.5).argmax()]
