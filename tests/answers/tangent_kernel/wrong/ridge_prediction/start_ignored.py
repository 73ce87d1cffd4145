# message: and it adds to initial_at
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    c = np.linalg.solve(kernel + n * decay * np.eye(n), labels)
    return cross_kernel @ c
