# message: strongest direction alone
def matching_strength(features, learning_rate, n_steps):
    top = np.linalg.norm(features, 2) ** 2 / len(features)
    q = (1 - 2 * learning_rate * top) ** n_steps
    return top * q / (1 - q)
