# message: the mode has this strength at the start
def time_to_reach(strength, eigenvalue, initial_strength, n, learning_rate, noise_variance=0.0, weight_decay=0.0):
    u, u0 = strength, initial_strength
    a, xi, tau = eigenvalue - n * weight_decay, eigenvalue + n * noise_variance, n / learning_rate
    if a > 0 and u0 >= u:
        return 0.0
    if a <= 0 or u >= a / xi:
        return np.inf
    return tau / (2 * a) * np.log(u * (a - xi * u0) / (u0 * (a - xi * u)))
