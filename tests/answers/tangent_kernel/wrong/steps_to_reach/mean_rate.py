# message: learned at a mean rate
def steps_to_reach(kernel, labels, learning_rate, loss):
    n = len(labels)
    l, v = np.linalg.eigh(kernel)
    rate = 1 - 2 * learning_rate * l.mean() / n
    return max(0, int(np.ceil(np.log(loss / np.mean(labels**2)) / (2 * np.log(rate)))))
