# message: not a share of the end
def time_to_reach(strength, eigenvalue, initial_strength, n, learning_rate, noise_variance=0.0, weight_decay=0.0):
    a, xi = eigenvalue - n * weight_decay, eigenvalue + n * noise_variance
    if initial_strength >= strength: return 0.0
    if strength >= a / xi: return np.inf
    return n / learning_rate / (2 * a) * np.log(a / xi / initial_strength - 1)
