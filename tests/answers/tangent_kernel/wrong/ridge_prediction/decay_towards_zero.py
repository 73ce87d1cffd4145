# message: initial_at, and what the cross kernel makes
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    n = len(labels)
    inverse = np.linalg.inv(kernel + n * decay * np.eye(n))
    return initial_at * (1 - decay) + cross_kernel @ inverse @ (labels - (1 - decay) * initial)
