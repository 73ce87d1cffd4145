# message: at a rate of 1 or more
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < 1 - np.exp(-np.abs(rates))
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    if not alive.any():
        return weights, charges
    pool = np.concatenate([np.flatnonzero(alive), np.flatnonzero(copied)])
    if len(pool) > n:
        pool = rng.permutation(pool)[:n]
    chosen = np.append(pool, rng.choice(pool, n - len(pool)))
    return weights[chosen], charges[chosen]
