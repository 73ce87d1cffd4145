from scipy.optimize import minimize_scalar


def best_stopping_step(deviations, target, noise, n, learning_rate):
    """The minima between the steps, from many starts, and then the whole numbers beside them."""
    rates = -np.log(1 - learning_rate * deviations**2)
    floor, signal = noise**2 / n, deviations**2 * target**2

    def risk(k):
        q = np.exp(-rates * k)
        return float(signal @ q**2 + floor * ((1 - q) ** 2).sum())

    last = np.log((signal + floor) / floor) / rates
    edges = np.unique(np.concatenate([np.linspace(0, 10, 11), np.geomspace(10, max(last.max(), 10) + 2, 40)]))
    candidates = {0}
    for a, b in zip(edges, edges[1:]):
        k = minimize_scalar(risk, bounds=(a, b), method="bounded", options={"xatol": 1e-3}).x
        candidates |= {max(int(k) + j, 0) for j in range(-1, 3)}
    return min(sorted(candidates), key=risk)
