# message: is a `return` missing
def best_map_of_rank(X, Y, rank):
    Q, R = np.linalg.qr(X)
    u, s, vt = np.linalg.svd(Q.T @ Y, full_matrices=False)
    cut = np.linalg.solve(R, (u[:, :rank] * s[:rank]) @ vt[:rank])
