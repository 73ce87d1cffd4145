# message: 6 points and 20 weights
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    c = np.linalg.solve(kernel + n * decay * np.eye(n), np.round(labels - initial))
    return initial_at + cross_kernel @ c
