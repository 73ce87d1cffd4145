# message: what the cross kernel makes of
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    return initial_at + cross_kernel @ ((labels - initial) / (kernel + n * decay * np.eye(n)).sum(axis=1))
