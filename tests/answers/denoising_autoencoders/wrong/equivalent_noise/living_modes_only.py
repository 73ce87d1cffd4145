# message: numbers in, one number out
def equivalent_noise(eigenvalue, n, weight_decay):
    lam, gamma = np.broadcast_arrays(np.asarray(eigenvalue, float), np.asarray(weight_decay, float))
    g = n * gamma
    live = lam > g
    return (lam * gamma)[live] / (lam - g)[live]
