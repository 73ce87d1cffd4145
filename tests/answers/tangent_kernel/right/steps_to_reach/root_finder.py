def steps_to_reach(kernel, labels, learning_rate, loss):
    from scipy.optimize import brentq

    n = len(labels)
    values, vectors = np.linalg.eigh(kernel)
    learned = values > 1e-10 * values[-1]
    parts = np.square(labels @ vectors) / n
    floor = parts[~learned].sum()
    if parts.sum() <= loss:
        return 0
    if floor > loss:
        return float("inf")
    decay = np.log(np.maximum(np.abs(1 - 2 * learning_rate * values[learned] / n), 1e-300))

    def excess(k):
        return floor + parts[learned] @ np.exp(2 * k * decay) - loss

    k = 1.0
    while excess(k) > 0:
        k = 2 * k
    guess = int(brentq(excess, 0, k, xtol=1e-6, rtol=1e-14))
    return next(j for j in range(max(guess - 1, 0), guess + 4) if excess(j) <= 0)
