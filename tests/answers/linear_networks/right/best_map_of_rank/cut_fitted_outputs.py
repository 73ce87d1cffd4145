def best_map_of_rank(X, Y, rank):
    inverse = np.linalg.pinv(X)
    u, s, vt = np.linalg.svd(X @ inverse @ Y, full_matrices=False)
    s[rank:] = 0
    return (inverse @ (u * s) @ vt).T
