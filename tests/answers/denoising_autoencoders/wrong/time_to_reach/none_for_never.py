# message: its time is inf
def time_to_reach(strength, eigenvalue, initial_strength, n, learning_rate, noise_variance=0.0, weight_decay=0.0):
    a, xi = eigenvalue - n * weight_decay, eigenvalue + n * noise_variance
    if initial_strength >= strength: return 0.0
    if strength >= a / xi: return None
    return n / learning_rate / (2 * a) * np.log(strength * (a - xi * initial_strength) / (initial_strength * (a - xi * strength)))
