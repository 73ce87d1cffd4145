# message: a whole number of steps
def steps_to_reach(kernel, labels, learning_rate, loss):
    values, vectors = np.linalg.eigh(kernel)
    parts = (vectors.T @ labels) ** 2 / len(labels)
    rates = -np.log(1 - 2 * learning_rate * values / len(labels))
    low, high = 0.0, 1e6
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if parts @ np.exp(-2 * rates * middle) > loss else (low, middle)
    return high
