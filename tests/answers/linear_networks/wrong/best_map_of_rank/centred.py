# message: another map of this rank has a lower loss
def best_map_of_rank(X, Y, rank):
    X, Y = X - X.mean(axis=0), Y - Y.mean(axis=0)
    whole = (np.linalg.pinv(X) @ Y).T
    u = np.linalg.svd(X @ whole.T)[2].T[:, :rank]
    return u @ u.T @ whole
