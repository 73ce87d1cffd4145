# message: another map of this rank has a lower loss
def best_map_of_rank(X, Y, rank):
    whole = np.linalg.lstsq(X, Y, rcond=None)[0].T
    whole[rank:] = 0
    return whole
