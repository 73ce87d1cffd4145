def steps_to_reach(kernel, labels, learning_rate, loss):
    n = len(labels)
    values, vectors = np.linalg.eigh(kernel)
    parts = [float(v @ labels) ** 2 / n for v in vectors.T]
    rates = [np.log(max(abs(1 - 2 * learning_rate * l / n), 1e-300)) if l > 1e-10 * max(values) else 0.0 for l in values]

    def loss_after(k):
        return sum(p * np.exp(2 * k * r) for p, r in zip(parts, rates))

    if loss_after(0) <= loss:
        return 0.0
    if sum(p for p, r in zip(parts, rates) if r == 0) > loss:
        return np.inf
    low, high = 0, 2**45
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if loss_after(middle) > loss else (low, middle)
    return float(high)
