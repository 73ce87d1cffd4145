# message: a particle with a negative rate died
def reinject(weights, charges, rates, prior, seed):
    rng = np.random.default_rng(seed)
    return prior * rng.standard_normal(weights.shape), 0 * charges
