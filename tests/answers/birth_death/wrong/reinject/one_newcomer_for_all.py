# message: the same weights
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = rng.random(len(charges)) < rates
    newcomer = prior * rng.standard_normal(weights.shape[1])
    return np.where(dead[:, None], newcomer, weights), np.where(dead, 0, charges)
