# message: a particle that lives should keep
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    dead = rng.random(len(charges)) < rates
    newcomers = prior * rng.standard_normal((dead.sum(), weights.shape[1]))
    return np.vstack([weights[~dead], newcomers]), np.append(charges[~dead], np.zeros(dead.sum()))
