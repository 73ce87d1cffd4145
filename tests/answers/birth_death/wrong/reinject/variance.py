# message: `prior` is the standard deviation, not the variance
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = rng.random(len(charges)) < rates
    return np.where(dead[:, None], prior**2 * rng.standard_normal(weights.shape), weights), np.where(dead, 0, charges)
