# message: at rates of 0 nothing happens
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    dead, copied = happens & (rates > 0), happens & (rates < 0)
    if dead.all():
        return weights, charges
    pool = np.concatenate([np.arange(n)[1 - dead], np.flatnonzero(copied)])
    if len(pool) > n:
        pool = rng.permutation(pool)[:n]
    chosen = np.append(pool, rng.choice(pool, n - len(pool)))
    return weights[chosen], charges[chosen]
