def best_map_of_rank(X, Y, rank):
    root = np.linalg.cholesky(X.T @ X)
    u, s, vt = np.linalg.svd(np.linalg.solve(root, X.T @ Y), full_matrices=False)
    W = np.zeros((Y.shape[1], X.shape[1]))
    for i in range(rank):
        W += s[i] * np.outer(vt[i], np.linalg.solve(root.T, u[:, i]))
    return W.tolist()
