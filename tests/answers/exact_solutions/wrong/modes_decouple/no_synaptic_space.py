# message: only the outputs have turned
def modes_decouple(C11, C31, W):
    return diagonal(C11) and diagonal(W)


def diagonal(M):
    off = np.abs(M)
    largest = off.max()
    np.fill_diagonal(off, 0)
    return off.max() <= 1e-8 * largest
