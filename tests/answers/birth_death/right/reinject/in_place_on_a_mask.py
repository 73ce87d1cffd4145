def reinject(weights, charges, rates, prior, seed):
    np.random.seed(seed)
    mask = 1 - np.random.rand(len(rates)) <= rates
    weights[mask, :] = np.random.normal(0, prior, (mask.sum(), weights.shape[1]))
    charges *= ~mask
    return weights, charges
