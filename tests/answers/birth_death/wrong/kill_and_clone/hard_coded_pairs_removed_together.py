# message: removed independently
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    if not alive.any():
        return weights, charges
    pool = np.repeat(np.arange(n), alive.astype(int) + copied)
    if len(pool) > n:
        number = np.bincount(pool, minlength=n)
        order = rng.permutation(np.unique(pool))
        pool = np.repeat(order, number[order])[:n]
    chosen = np.append(pool, rng.choice(pool, n - len(pool)))
    return weights[chosen], charges[chosen]
