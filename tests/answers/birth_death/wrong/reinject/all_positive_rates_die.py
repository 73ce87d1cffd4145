# message: about half of those with a rate of 0.5
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = rates > 0
    return np.where(dead[:, None], prior * rng.standard_normal(weights.shape), weights), np.where(dead, 0, charges)
