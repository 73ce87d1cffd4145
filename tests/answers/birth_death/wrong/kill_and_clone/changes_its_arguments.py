# message: the copies are all that is needed
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    for i in np.flatnonzero(happens & (rates > 0)):
        j = rng.choice(np.flatnonzero(~(happens & (rates > 0)))) if (rates < 1).any() else i
        weights[i], charges[i] = weights[j], charges[j]
    return weights, charges
