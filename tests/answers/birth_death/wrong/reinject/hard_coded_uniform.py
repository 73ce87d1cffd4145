# message: should be normal
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = rng.random(len(charges)) < rates
    newcomers = prior * rng.uniform(-(3**0.5), 3**0.5, weights.shape)
    return np.where(dead[:, None], newcomers, weights), np.where(dead, 0, charges)
