# message: initial_at, and what the cross kernel makes
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    c = np.linalg.solve(kernel + len(initial_at) * decay * np.eye(n), labels - initial)
    return initial_at + cross_kernel @ c
