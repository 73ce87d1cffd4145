# message: where is lambda?
def equivalent_noise(eigenvalue, n, weight_decay):
    g = n * weight_decay
    return np.where(g < eigenvalue, weight_decay / (eigenvalue - g), np.inf)
