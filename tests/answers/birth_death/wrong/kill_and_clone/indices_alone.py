# message: two arrays
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    pool = rng.permutation(np.concatenate([np.flatnonzero(alive), np.flatnonzero(copied)]))[:n]
    return np.append(pool, rng.choice(pool, n - len(pool)))
