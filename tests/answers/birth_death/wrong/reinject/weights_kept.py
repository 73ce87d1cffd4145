# message: they should be new too
def reinject(weights, charges, rates, prior, seed):
    dead = np.random.default_rng(seed).random(len(charges)) < rates
    return weights, np.where(dead, 0, charges)
