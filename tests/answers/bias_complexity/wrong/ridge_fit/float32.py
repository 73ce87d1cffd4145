# message: gradient of loss plus penalty should be 0 at the weights
def ridge_fit(features, labels, strengths):
    n, p = features.shape
    mu = np.broadcast_to(strengths, p)
    tall = np.vstack([features, np.diag(np.sqrt(n * mu))]).astype(np.float32)
    right = np.r_[labels, np.zeros(p)].astype(np.float32)
    return np.linalg.lstsq(tall, right, rcond=None)[0]
