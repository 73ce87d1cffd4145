# message: several are equally good
def ridge_fit(features, labels, strengths):
    n, p = features.shape
    mu = np.broadcast_to(strengths, p)
    if mu.max() == 0:
        return np.linalg.pinv(features) @ labels
    tall, keep = np.vstack([features, np.diag(np.sqrt(n * mu))]), []
    for j in range(p):
        if np.linalg.matrix_rank(tall[:, [*keep, j]]) > len(keep):
            keep.append(j)
    weights = np.zeros(p)
    weights[keep] = np.linalg.lstsq(tall[:, keep], np.r_[labels, np.zeros(p)], rcond=None)[0]
    return weights
