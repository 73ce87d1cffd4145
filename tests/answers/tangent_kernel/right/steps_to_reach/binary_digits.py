def steps_to_reach(kernel, labels, learning_rate, loss):
    n = len(labels)
    vectors, values, _ = np.linalg.svd(kernel, hermitian=True)
    values = np.where(values > 1e-10 * values[0], values, 0.0)
    shrinks = 1 - 2 * learning_rate * values / n

    def is_late(k):
        return np.mean((shrinks**k * (vectors.T @ labels)) ** 2) <= loss

    if not is_late(2**60):
        return np.inf
    if is_late(0):
        return 0
    k = 0
    for digit in reversed(range(61)):
        if not is_late(k + 2**digit):
            k += 2**digit
    return k + 1
