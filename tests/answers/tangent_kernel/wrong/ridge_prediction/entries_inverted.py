# message: invert each entry
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    return initial_at + cross_kernel @ (kernel + n * decay * np.eye(n)) ** -1 @ (labels - initial)
