# message: is the square of v . y
def steps_to_reach(kernel, labels, learning_rate, loss):
    n = len(labels)
    l, v = np.linalg.eigh(kernel)
    parts = abs(v.T @ labels) / n
    k = 0
    while (parts * (1 - 2 * learning_rate * l / n)**(2 * k)).sum() > loss:
        k += 1
        if k > 10**5: return np.inf
    return k
