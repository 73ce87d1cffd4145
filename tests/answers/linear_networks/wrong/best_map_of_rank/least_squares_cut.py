# message: this is the least squares map, cut
def best_map_of_rank(X, Y, rank):
    whole = np.linalg.lstsq(X, Y, rcond=None)[0].T
    u, s, vt = np.linalg.svd(whole, full_matrices=False)
    return (u[:, :rank] * s[:rank]) @ vt[:rank]
