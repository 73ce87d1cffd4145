# message: the number of particles stays the same
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    pool = np.concatenate([np.flatnonzero(alive), np.flatnonzero(copied)])
    return weights[pool], charges[pool]
