# message: here the first feature has strength 0
def ridge_fit(features, labels, strengths):
    n, p = features.shape
    mu = np.max(strengths)
    tall = np.vstack([features, np.sqrt(n * mu) * np.eye(p)])
    return np.linalg.lstsq(tall, np.r_[labels, np.zeros(p)], rcond=None)[0]
