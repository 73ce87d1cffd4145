# message: filled independently of each other
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    if not alive.any():
        return weights, charges
    pool = np.concatenate([np.flatnonzero(alive), np.flatnonzero(copied)])
    chosen = np.resize(rng.permutation(pool), n)
    return weights[chosen], charges[chosen]
