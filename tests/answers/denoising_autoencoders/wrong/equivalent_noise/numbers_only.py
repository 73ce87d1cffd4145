# message: ValueError: The truth value
def equivalent_noise(eigenvalue, n, weight_decay):
    if eigenvalue <= n * weight_decay:
        return np.inf
    return eigenvalue * weight_decay / (eigenvalue - n * weight_decay)
