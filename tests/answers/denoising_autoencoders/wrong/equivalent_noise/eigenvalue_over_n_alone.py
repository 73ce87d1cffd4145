# message: would kill the mode
def equivalent_noise(eigenvalue, n, weight_decay):
    return np.where(n * weight_decay < eigenvalue, eigenvalue / n, np.inf)
