def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng([7, seed]), len(charges)
    survives = [i for i, u in enumerate(rng.random(n)) if u >= rates[i]]
    born = [i for i, u in enumerate(rng.random(n)) if u < -rates[i]]
    pool = survives + born
    if len(survives) == 0:
        pool = list(range(n))
    while len(pool) > n:
        k = int(rng.integers(len(pool)))
        pool[k] = pool[-1]
        pool.pop()
    size = len(pool)
    while len(pool) < n:
        pool.append(pool[int(rng.integers(size))])
    return [weights[pool], charges[pool]]
