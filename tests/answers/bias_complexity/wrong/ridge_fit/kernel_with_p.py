# message: one point, two features
def ridge_fit(features, labels, strengths):
    n, p = features.shape
    if p > n:
        kernel = features @ features.T + p * np.mean(strengths) * np.eye(n)
        return features.T @ np.linalg.solve(kernel, labels)

    n, p = features.shape
    mu = np.broadcast_to(strengths, p)
    tall = np.vstack([features, np.diag(np.sqrt(n * mu))])
    return np.linalg.lstsq(tall, np.r_[labels, np.zeros(p)], rcond=None)[0]
