# message: the same chance of a copy
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    if not alive.any():
        return weights, charges
    pool = np.concatenate([np.flatnonzero(alive), np.flatnonzero(copied)])
    if len(pool) > n:
        pool = rng.permutation(pool)[:n]
    survivors, dead = np.flatnonzero(alive), np.flatnonzero(~alive)
    after = survivors[np.searchsorted(survivors, dead) % len(survivors)]
    chosen = np.append(pool, after[: n - len(pool)])
    return weights[chosen], charges[chosen]
