# message: rank 0: only the map that is 0
def best_map_of_rank(X, Y, rank):
    rank = max(rank, 1)
    Q, R = np.linalg.qr(X)
    u, s, vt = np.linalg.svd(Q.T @ Y, full_matrices=False)
    return np.linalg.solve(R, (u[:, :rank] * s[:rank]) @ vt[:rank]).T
