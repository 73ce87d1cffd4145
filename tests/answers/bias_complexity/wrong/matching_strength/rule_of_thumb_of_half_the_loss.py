# message: a rule of thumb
def matching_strength(features, learning_rate, n_steps):
    return 1 / (learning_rate * n_steps)
