# message: initial_at, and what the cross kernel makes
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    c = np.linalg.pinv(kernel + n * decay * np.ones((n, n)), rcond=1e-10) @ (labels - initial)
    return initial_at + cross_kernel @ c
