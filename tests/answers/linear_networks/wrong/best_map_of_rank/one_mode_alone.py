# message: full rank
def best_map_of_rank(X, Y, rank):
    Q, R = np.linalg.qr(X)
    u, s, vt = np.linalg.svd(Q.T @ Y, full_matrices=False)
    return np.linalg.solve(R, s[rank - 1] * np.outer(u[:, rank - 1], vt[rank - 1])).T
