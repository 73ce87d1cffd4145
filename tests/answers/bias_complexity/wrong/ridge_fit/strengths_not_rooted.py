# message: strengths are squared
def ridge_fit(features, labels, strengths):
    n, p = features.shape
    tall = np.vstack([features / n**0.5, np.diag(np.broadcast_to(strengths, p))])
    return np.linalg.lstsq(tall, np.r_[labels / n**0.5, np.zeros(p)], rcond=None)[0]
