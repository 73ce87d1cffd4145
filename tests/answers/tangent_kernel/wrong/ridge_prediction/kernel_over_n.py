# message: the cross kernel is not
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    return initial_at + cross_kernel @ np.linalg.solve(kernel / n + decay * np.eye(n), labels - initial)
