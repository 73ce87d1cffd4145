# message: the loss can be reached
def steps_to_reach(kernel, labels, learning_rate, loss):
    values, vectors = np.linalg.eigh(kernel)
    parts = (vectors.T @ labels) ** 2 / len(labels)
    kept = (1 - 2 * learning_rate * values / len(labels)) ** 2
    below = (kept ** np.arange(10001)[:, None]) @ parts <= loss
    return int(below.argmax()) if below.any() else np.inf
