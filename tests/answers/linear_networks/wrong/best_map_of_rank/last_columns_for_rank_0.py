# message: For 0 these are all of them
def best_map_of_rank(X, Y, rank):
    whole = np.linalg.lstsq(X, Y, rcond=None)[0].T
    fitted = X @ whole.T
    vectors = np.linalg.eigh(fitted.T @ fitted)[1][:, -rank:]
    return vectors @ vectors.T @ whole
