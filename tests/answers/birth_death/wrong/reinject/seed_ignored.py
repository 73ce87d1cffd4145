# message: the same seed should give the same newcomers
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng()
    dead = rng.random(len(charges)) < rates
    return np.where(dead[:, None], prior * rng.standard_normal(weights.shape), weights), np.where(dead, 0, charges)
