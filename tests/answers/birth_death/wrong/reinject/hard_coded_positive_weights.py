# message: another variance
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = rng.random(len(charges)) < rates
    newcomers = prior * rng.exponential(size=weights.shape)
    return np.where(dead[:, None], newcomers, weights), np.where(dead, 0, charges)
