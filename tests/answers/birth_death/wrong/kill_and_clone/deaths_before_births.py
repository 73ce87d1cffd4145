# message: only those that were not copied make room
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), np.flatnonzero(happens & (rates < 0))
    if not alive.any():
        return weights, charges
    chosen = np.arange(n)
    chosen[~alive] = rng.choice(np.flatnonzero(alive), n - alive.sum())
    others = np.setdiff1d(np.arange(n), copied)
    places = rng.permutation(others)[: len(copied)]
    chosen[places] = rng.permutation(copied)[: len(places)]
    return weights[chosen], charges[chosen]
