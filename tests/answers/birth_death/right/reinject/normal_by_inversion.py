def reinject(weights, charges, rates, prior, seed):
    from scipy.stats import norm

    n, d = weights.shape
    u = np.random.RandomState(seed).uniform(size=(d + 1, n))
    dead = np.flatnonzero(u[d] < rates)
    weights[dead] = norm.ppf(u[:d, dead].T, scale=prior)
    charges[dead] = 0
    return weights, charges
