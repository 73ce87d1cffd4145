# message: one survivor should fill all places
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    if not alive.any():
        return weights, charges
    pool = np.concatenate([np.flatnonzero(alive), np.flatnonzero(copied)])
    if len(pool) > n:
        pool = rng.permutation(pool)[:n]
    missing = min(n - len(pool), len(pool))
    chosen = np.append(pool, rng.permutation(pool)[:missing])
    chosen = np.append(chosen, np.arange(n)[: n - len(chosen)])
    return weights[chosen], charges[chosen]
