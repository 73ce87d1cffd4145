# message: with r > 0 should die with probability r
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = (rng.random(len(charges)) < 0.5) & (rates > 0) | (rates >= 1)
    return np.where(dead[:, None], prior * rng.standard_normal(weights.shape), weights), np.where(dead, 0, charges)
