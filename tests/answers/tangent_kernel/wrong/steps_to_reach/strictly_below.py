# message: 0 steps are enough
def steps_to_reach(kernel, labels, learning_rate, loss):
    n = len(labels)
    l, v = np.linalg.eigh(kernel)
    l = np.where(l > 1e-10 * l.max(), l, 0)
    parts = (v.T @ labels) ** 2 / n
    left = (1 - 2 * learning_rate * l / n) ** 2
    if parts[l == 0].sum() > loss:
        return np.inf
    low, high = -1, 1
    while (parts * left**high).sum() > loss:
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        if (parts * left**middle).sum() >= loss:
            low = middle
        else:
            high = middle
    return high
