# message: a single mode that dies
def equivalent_noise(eigenvalue, n, weight_decay):
    if np.ndim(eigenvalue) == 0:
        return eigenvalue * weight_decay / (eigenvalue - n * weight_decay)
    left = np.array(eigenvalue, dtype=float)
    left -= n * weight_decay
    return np.where(left > 0, eigenvalue * weight_decay / np.where(left > 0, left, 1), np.inf)
