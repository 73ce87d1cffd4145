# message: 9 points and 3 weights
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    kernel, cross_kernel = kernel.astype(np.float32).astype(float), cross_kernel.astype(np.float32)
    c = np.linalg.solve(kernel + n * decay * np.eye(n), labels - initial)
    return initial_at + cross_kernel @ c
