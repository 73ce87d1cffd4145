# message: the kernel of the training points is missing
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    return initial_at + cross_kernel @ (labels - initial) / (n * decay)
