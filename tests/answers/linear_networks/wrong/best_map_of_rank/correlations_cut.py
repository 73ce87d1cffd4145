# message: this cuts the correlations
def best_map_of_rank(X, Y, rank):
    c11, c31 = X.T @ X / len(X), Y.T @ X / len(X)
    u, s, vt = np.linalg.svd(c31, full_matrices=False)
    return (u[:, :rank] * s[:rank]) @ vt[:rank] @ np.linalg.inv(c11)
