def reinject(weights, charges, rates, prior, seed):
    import random

    rng = random.Random(int(seed))
    new_weights, new_charges = [], []
    for theta, c, r in zip(weights, charges, rates):
        if r > 0 and rng.random() < r:
            theta, c = [rng.gauss(0, prior) for _ in theta], 0.0
        new_weights.append(list(theta))
        new_charges.append(c)
    return new_weights, new_charges
