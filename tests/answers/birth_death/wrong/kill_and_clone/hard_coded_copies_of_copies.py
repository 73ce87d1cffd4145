# message: filled independently of each other
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    if not alive.any():
        return weights, charges
    pool = list(np.flatnonzero(alive)) + list(np.flatnonzero(copied))
    if len(pool) > n:
        pool = list(rng.permutation(pool)[:n])
    while len(pool) < n:
        pool.append(pool[rng.integers(len(pool))])
    return weights[pool], charges[pool]
