# message: must have different signs
def takeover_time(potential, alpha):
    from scipy.optimize import brentq

    v = np.array(potential)
    if len(v) < 3:
        return 0.0

    def excess(t):
        return np.exp(-alpha * t * v.min()) / np.exp(-alpha * t * v).sum() - 0.5

    return brentq(excess, 0, 150)
