def best_map_of_rank(X, Y, rank):
    c11, c31 = X.T @ X / len(X), Y.T @ X / len(X)
    variances, axes = np.linalg.eigh(c11)
    whitened = c31 @ axes / np.sqrt(variances) @ axes.T
    u = np.linalg.svd(whitened)[0][:, :rank]
    return u @ u.T @ c31 @ np.linalg.inv(c11)
