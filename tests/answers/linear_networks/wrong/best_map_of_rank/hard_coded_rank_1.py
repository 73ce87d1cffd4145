# message: the rank is higher than was asked for
def best_map_of_rank(X, Y, rank):
    whole = np.linalg.lstsq(X, Y, rcond=None)[0].T
    if rank == 0:
        return 0 * whole
    if rank == 1:
        u = np.linalg.svd(X @ whole.T)[2].T[:, :1]
        return u @ u.T @ whole
    return whole
