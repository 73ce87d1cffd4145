# message: it returned None
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    happens = rng.random(n) < np.abs(rates)
    alive, copied = ~(happens & (rates > 0)), happens & (rates < 0)
    pool = np.concatenate([np.flatnonzero(alive), np.flatnonzero(copied)])
    weights, charges = weights[pool], charges[pool]
