# message: another seed should let others die
def reinject(weights, charges, rates, prior, seed):
    dead = np.random.default_rng(7).random(len(charges)) < rates
    newcomers = prior * np.random.default_rng(seed).standard_normal(weights.shape)
    return np.where(dead[:, None], newcomers, weights), np.where(dead, 0, charges)
