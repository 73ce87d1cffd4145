# message: weights and charges do not belong
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    if not alive.any():
        return weights, charges
    pool = np.concatenate([np.flatnonzero(alive), np.flatnonzero(copied)])

    def fill():
        some = rng.permutation(pool)[:n]
        return np.append(some, rng.choice(some, n - len(some)))

    return weights[fill()], charges[fill()]
