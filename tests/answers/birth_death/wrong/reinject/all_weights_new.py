# message: a particle that lives should keep
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = rng.random(len(charges)) < rates
    return prior * rng.standard_normal(weights.shape), np.where(dead, 0, charges)
