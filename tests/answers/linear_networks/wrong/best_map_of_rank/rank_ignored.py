# message: this is the best map of all
def best_map_of_rank(X, Y, rank):
    return np.linalg.lstsq(X, Y, rcond=None)[0].T
