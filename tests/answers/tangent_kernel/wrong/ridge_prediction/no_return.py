# message: is a `return` missing
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    c = np.linalg.solve(kernel + n * decay * np.eye(n), labels - initial)
