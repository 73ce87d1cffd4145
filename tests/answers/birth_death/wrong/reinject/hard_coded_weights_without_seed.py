# message: another seed should give other newcomers
def reinject(weights, charges, rates, prior, seed):
    dead = np.flatnonzero(np.random.default_rng(seed).random(len(charges)) < rates)
    weights[dead] = prior * np.random.default_rng(5).standard_normal((len(dead), weights.shape[1]))
    charges[dead] = 0
    return weights, charges
