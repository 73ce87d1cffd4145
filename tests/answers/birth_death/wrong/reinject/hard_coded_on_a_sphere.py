# message: should be normal
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = rng.random(len(charges)) < rates
    newcomers = rng.standard_normal(weights.shape)
    newcomers *= prior * weights.shape[1] ** 0.5 / np.linalg.norm(newcomers, axis=1, keepdims=True)
    return np.where(dead[:, None], newcomers, weights), np.where(dead, 0, charges)
