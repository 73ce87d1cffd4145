# message: a mode among others should have the noise it has alone
def equivalent_noise(eigenvalue, n, weight_decay):
    left = np.asarray(eigenvalue)
    if np.ndim(left) == 0:
        return eigenvalue * weight_decay / (eigenvalue - n * weight_decay)
    left -= n * weight_decay
    with np.errstate(all="ignore"):
        return np.where(left > 0, eigenvalue * weight_decay / left, np.inf)
