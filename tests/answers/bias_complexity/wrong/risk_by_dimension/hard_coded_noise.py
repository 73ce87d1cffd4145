# message: what is unseen is not accounted for
def risk_by_dimension(n, weights, noise):
    squares = np.square(weights)
    p = np.arange(len(weights) + 1)
    seen = np.r_[0, np.cumsum(squares)]
    unseen = np.r_[np.cumsum(squares[::-1])[::-1], 0]
    risk = np.full(len(p), np.inf)
    few, many = p < n - 1, p > n + 1
    risk[few] = ((2.25 + unseen) * p)[few] / (n - 1 - p)[few]
    risk[many] = (seen * (p - n))[many] / p[many] + ((2.25 + unseen) * n)[many] / (p - n - 1)[many]
    return risk + unseen
