# message: np.cov divides by k - 1
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return np.array([np.cov(x, c)[0, 1] / np.var(x) for c in y.T])
