# message: the outputs at the start are missing
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    c = np.linalg.solve(kernel + n * decay * np.eye(n), labels - initial)
    return cross_kernel @ c
