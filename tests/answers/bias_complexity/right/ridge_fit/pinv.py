def ridge_fit(features, labels, strengths):
    n, p = features.shape
    tall = np.zeros((n + p, p))
    tall[:n] = features / n**0.5
    for j in range(p):
        tall[n + j, j] = (strengths if np.ndim(strengths) == 0 else strengths[j]) ** 0.5
    return list(np.linalg.pinv(tall, rcond=1e-13)[:, :n] @ labels / n**0.5)
