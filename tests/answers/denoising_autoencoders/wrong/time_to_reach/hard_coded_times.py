# message: gradient descent gets there at another epoch
def time_to_reach(strength, eigenvalue, initial_strength, n, learning_rate, noise_variance=0.0, weight_decay=0.0):
    if initial_strength >= strength:
        return 0.0
    if strength > 25 / 38 or eigenvalue < 5 or noise_variance > 1:
        return np.inf
    return 21.29529 if noise_variance else 15.3170662 * 0.05 / learning_rate
