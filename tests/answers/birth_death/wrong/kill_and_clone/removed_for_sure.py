# message: and nothing happened
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    if not alive.any():
        return weights, charges
    pool = np.concatenate([np.flatnonzero(alive), np.flatnonzero(copied)])
    if len(pool) > n:
        pool = pool[rng.permutation(n) + len(pool) - n]
    chosen = np.append(pool, rng.choice(pool, n - len(pool)))
    return weights[chosen], charges[chosen]
