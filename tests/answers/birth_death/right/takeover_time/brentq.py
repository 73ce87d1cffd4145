def takeover_time(potential, alpha):
    from scipy.optimize import brentq

    gaps = np.delete(potential, np.argmin(potential)) - np.min(potential)
    if len(gaps) <= 1:
        return 0
    unit = gaps.min()
    late = np.log(len(gaps))
    return brentq(lambda t: np.exp(-t * gaps / unit).sum() - 1, 0, late + 1, xtol=1e-15, rtol=1e-12) / (alpha * unit)
