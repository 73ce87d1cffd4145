# message: only those that were copied make room
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    if not alive.any():
        return weights, charges
    pool = np.concatenate([np.flatnonzero(alive)[::-1], np.flatnonzero(copied)])
    if len(pool) > n:
        kept = pool[: alive.sum()]
        pool = np.append(kept[rates[kept] == 0], rng.permutation(pool[rates[pool] < 0])[: n - (rates[kept] == 0).sum()])
    chosen = np.append(pool, rng.choice(pool, n - len(pool)))
    return weights[chosen], charges[chosen]
