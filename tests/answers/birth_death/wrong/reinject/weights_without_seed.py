# message: the same seed should give the same newcomers
def reinject(weights, charges, rates, prior, seed):
    dead = np.random.default_rng(seed).random(len(charges)) < rates
    return np.where(dead[:, None], prior * np.random.randn(*weights.shape), weights), np.where(dead, 0, charges)
