# message: near those of the dead
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = rng.random(len(charges)) < rates
    living = np.flatnonzero(~dead) if (~dead).any() else np.arange(len(charges))
    weights[dead] = weights[rng.choice(living, dead.sum())]
    charges[dead] = 0
    return weights, charges
