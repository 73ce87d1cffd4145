# message: the root of the loss is there
def steps_to_reach(kernel, labels, learning_rate, loss):
    n = len(labels)
    l, v = np.linalg.eigh(kernel)
    parts = (v.T @ labels)**2 / n
    k = 0
    while np.sqrt((parts * (1 - 2 * learning_rate * l / n)**(2 * k)).sum()) > loss:
        k += 1
        if k > 10**5: return np.inf
    return k
