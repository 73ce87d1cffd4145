# message: independent of each other
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = np.flatnonzero(rng.random(len(charges)) < rates)
    newcomers = prior * rng.standard_normal((len(dead), weights.shape[1]))
    newcomers[1::2] = -newcomers[: len(dead) // 2 * 2 : 2]
    weights[dead], charges[dead] = newcomers, 0
    return weights, charges
