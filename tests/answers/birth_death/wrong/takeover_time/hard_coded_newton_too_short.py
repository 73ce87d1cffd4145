# message: the best should hold half of the mass
def takeover_time(potential, alpha):
    gaps = np.sort(potential)[1:] - np.min(potential)
    if len(gaps) < 2:
        return 0.0
    t = 0.0
    for _ in range(8):
        grown = np.exp(-t * gaps)
        t += (grown.sum() - 1) / (grown @ gaps)
    return t / alpha
