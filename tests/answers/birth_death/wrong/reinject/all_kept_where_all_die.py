# message: here all may die
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = rng.random(len(charges)) < rates
    if dead.all():
        return weights, charges
    return np.where(dead[:, None], prior * rng.standard_normal(weights.shape), weights), np.where(dead, 0, charges)
