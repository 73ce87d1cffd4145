# message: here the first feature has strength 0
penalty = []


def ridge_fit(features, labels, strengths):
    n, p = features.shape
    if not penalty or len(penalty[0]) != p:
        penalty[:] = [np.sqrt(n * np.broadcast_to(strengths, p))]
    tall = np.vstack([features, np.diag(penalty[0])])
    return np.linalg.lstsq(tall, np.r_[labels, np.zeros(p)], rcond=None)[0]
