# message: it returned None
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = rng.random(len(charges)) < rates
    weights[dead] = prior * rng.standard_normal((dead.sum(), weights.shape[1]))
    charges[dead] = 0
