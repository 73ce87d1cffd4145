def kill_and_clone(weights, charges, rates, seed):
    import random

    rng = random.Random(int(seed))
    n, pool = len(charges), []
    for i in range(n):
        if not (rates[i] > 0 and rng.random() < rates[i]):
            pool.append(i)
        if rates[i] < 0 and rng.random() < -rates[i]:
            pool.append(i)
    if not pool:
        return weights, charges
    if len(pool) > n:
        pool = rng.sample(pool, n)
    pool = pool + rng.choices(pool, k=n - len(pool))
    return [list(weights[i]) for i in pool], [charges[i] for i in pool]
