# message: at rates of 0 nothing happens
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    if not alive.any():
        return weights, charges
    pool = np.concatenate([np.flatnonzero(alive), np.flatnonzero(copied)])
    chosen = rng.choice(pool, n)
    return weights[chosen], charges[chosen]
