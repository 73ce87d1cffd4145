# message: shorter weights do, too
def ridge_fit(features, labels, strengths):
    n, p = features.shape
    if p > n and np.max(strengths) == 0:
        return np.r_[np.linalg.solve(features[:, :n], labels), np.zeros(p - n)]

    n, p = features.shape
    mu = np.broadcast_to(strengths, p)
    tall = np.vstack([features, np.diag(np.sqrt(n * mu))])
    return np.linalg.lstsq(tall, np.r_[labels, np.zeros(p)], rcond=None)[0]
