# message: same probability
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    if not alive.any():
        return weights, charges
    old = rng.permutation(np.flatnonzero(alive))[: n - copied.sum()]
    pool = np.append(old, np.flatnonzero(copied))
    chosen = np.append(pool, rng.choice(pool, n - len(pool)))
    return weights[chosen], charges[chosen]
