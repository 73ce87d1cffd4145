# message: the gradient of loss plus penalty should be 0 here
def ridge_fit(features, labels, strengths):
    n, p = features.shape
    mu = np.broadcast_to(strengths, p).copy()
    mu[0] = 0
    tall = np.vstack([features, np.diag(np.sqrt(n * mu))])
    return np.linalg.lstsq(tall, np.r_[labels, np.zeros(p)], rcond=None)[0]
