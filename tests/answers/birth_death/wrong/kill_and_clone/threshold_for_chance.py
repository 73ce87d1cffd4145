# message: nobody died
def kill_and_clone(weights, charges, rates, seed):
    rng, n = np.random.default_rng(seed), len(charges)
    pool = [i for i in range(n) if rates[i] <= 0.5] + [i for i in range(n) if rates[i] < -0.5]
    if not pool:
        return weights, charges
    chosen = rng.permutation(pool)[:n]
    chosen = np.append(chosen, rng.choice(pool, n - len(chosen)))
    return weights[chosen], charges[chosen]
