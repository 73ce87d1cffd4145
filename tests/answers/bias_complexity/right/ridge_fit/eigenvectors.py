def ridge_fit(features, labels, strengths):
    n, p = features.shape
    mu = np.broadcast_to(np.asarray(strengths, dtype=float), (p,))
    values, vectors = np.linalg.eigh(features.T @ features / n + np.diag(mu))
    good = values > 1e-12 * values[-1]
    return vectors[:, good] @ ((vectors[:, good].T @ (features.T @ labels / n)) / values[good])
