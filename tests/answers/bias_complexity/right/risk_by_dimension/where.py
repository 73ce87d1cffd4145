def risk_by_dimension(n, weights, noise):
    squares = np.square(weights)
    d = len(squares)
    p = np.arange(d + 1)
    seen = np.tril(np.ones((d + 1, d)), -1) @ squares
    unseen = np.triu(np.ones((d + 1, d))) @ squares
    with np.errstate(divide="ignore", invalid="ignore"):
        few = (noise**2 + unseen) * p / (n - p - 1)
        many = seen * (1 - n / p) + (noise**2 + unseen) * n / (p - n - 1)
        return np.where(p < n - 1, few, np.where(p > n + 1, many, np.inf)) + unseen
