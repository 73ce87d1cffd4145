# message: newcomers should come with charge 0
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = rng.random(len(charges)) < rates
    newcomers = prior * rng.standard_normal(weights.shape)
    return np.where(dead[:, None], newcomers, weights), np.where(dead, prior * rng.standard_normal(len(dead)), charges)
