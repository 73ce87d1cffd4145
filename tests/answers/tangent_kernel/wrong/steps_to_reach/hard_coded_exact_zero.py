# message: up to rounding
def steps_to_reach(kernel, labels, learning_rate, loss):
    values, vectors = np.linalg.eigh(kernel)
    parts = (vectors.T @ labels) ** 2 / len(labels)
    rates = np.log(np.abs(1 - 2 * learning_rate * np.abs(values) / len(labels)) + 1e-300)
    floor = parts[np.abs(values) < 1e-300].sum()
    if floor > loss or parts @ np.exp(2 * 1e30 * rates) > loss:
        return np.inf
    low, high = -1, 10**30
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if parts @ np.exp(2 * float(middle) * rates) > loss else (low, middle)
    return high
