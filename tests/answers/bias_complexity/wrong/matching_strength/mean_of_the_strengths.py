# message: two directions
def matching_strength(features, learning_rate, n_steps):
    a = np.linalg.svd(features, compute_uv=False) ** 2 / len(features)
    q = (1 - 2 * learning_rate * a) ** n_steps
    return (a * q / (1 - q)).mean()
