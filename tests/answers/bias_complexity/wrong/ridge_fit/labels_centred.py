# message: gradient of loss plus penalty should be 0 here
def ridge_fit(features, labels, strengths):
    labels = labels - labels.mean() if len(labels) > 1 else labels

    n, p = features.shape
    mu = np.broadcast_to(strengths, p)
    tall = np.vstack([features, np.diag(np.sqrt(n * mu))])
    return np.linalg.lstsq(tall, np.r_[labels, np.zeros(p)], rcond=None)[0]
