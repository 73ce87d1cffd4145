# message: the end without weight decay
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    return initial_at + cross_kernel @ np.linalg.pinv(kernel) @ (labels - initial)
