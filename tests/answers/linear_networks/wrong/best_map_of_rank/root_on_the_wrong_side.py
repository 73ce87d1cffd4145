# message: another map of this rank has a lower loss
def best_map_of_rank(X, Y, rank):
    variances, axes = np.linalg.eigh(X.T @ X)
    root = axes * np.sqrt(variances) @ axes.T
    u, s, vt = np.linalg.svd(Y.T @ X @ root, full_matrices=False)
    return u[:, :rank] @ u[:, :rank].T @ Y.T @ X @ np.linalg.inv(root @ root)
