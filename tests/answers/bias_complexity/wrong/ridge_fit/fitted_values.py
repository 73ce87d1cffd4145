# message: one weight for each feature
def ridge_fit(features, labels, strengths):
    n, p = features.shape
    mu = np.broadcast_to(strengths, p)
    tall = np.vstack([features, np.diag(np.sqrt(n * mu))])
    return features @ np.linalg.lstsq(tall, np.r_[labels, np.zeros(p)], rcond=None)[0]
