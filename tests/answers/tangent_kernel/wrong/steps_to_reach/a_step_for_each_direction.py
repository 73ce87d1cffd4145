# message: one number of steps for all directions
def steps_to_reach(kernel, labels, learning_rate, loss):
    values, vectors = np.linalg.eigh(kernel)
    parts = (vectors.T @ labels) ** 2 / len(labels)
    return np.ceil(np.log(loss / parts) / (2 * np.log(1 - 2 * learning_rate * values / len(labels))))
