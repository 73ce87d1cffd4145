# message: weakest direction alone
def matching_strength(features, learning_rate, n_steps):
    low = np.linalg.svd(features, compute_uv=False)[-1] ** 2 / len(features)
    q = (1 - 2 * learning_rate * low) ** n_steps
    return low * q / (1 - q)
