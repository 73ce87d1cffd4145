# message: the outputs vary most
def best_map_of_rank(X, Y, rank):
    whole = np.linalg.lstsq(X, Y, rcond=None)[0].T
    vectors = np.linalg.svd(Y)[2].T[:, :rank]
    return vectors @ vectors.T @ whole
