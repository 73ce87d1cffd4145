# message: the inputs vary most
def best_map_of_rank(X, Y, rank):
    axes = np.linalg.svd(X)[2].T[:, :rank]
    return np.linalg.lstsq(X @ axes, Y, rcond=None)[0].T @ axes.T
