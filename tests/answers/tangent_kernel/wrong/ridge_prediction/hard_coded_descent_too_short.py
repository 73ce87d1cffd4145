# message: 6 points and 20 weights
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    c = np.zeros(n)
    eta = 0.5 / (np.linalg.eigvalsh(kernel)[-1] / n + decay)
    for _ in range(40):
        c = c - eta * ((kernel @ c - (labels - initial)) / n + decay * c)
    return initial_at + cross_kernel @ c
