# message: initial_at, and what the cross kernel makes
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    inverse = np.linalg.pinv(kernel) + n * decay * np.eye(n)
    return initial_at + cross_kernel @ inverse @ (labels - initial)
