# message: initial_at, and what the cross kernel makes
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    end = initial_at + cross_kernel @ np.linalg.pinv(kernel) @ (labels - initial)
    return end / (1 + len(labels) * decay)
