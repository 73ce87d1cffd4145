# message: gradient of loss plus penalty should be 0 at the weights
def ridge_fit(features, labels, strengths):
    n, p = features.shape
    mu = np.broadcast_to(strengths, p) + 1e-5
    return np.linalg.solve(features.T @ features / n + np.diag(mu), features.T @ labels / n)
