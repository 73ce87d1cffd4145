# message: is U square
def modes_decouple(C11, C31, W):
    U, S, Vt = np.linalg.svd(C31 @ np.linalg.inv(C11), full_matrices=False)
    V = Vt.T
    return diagonal(V.T @ C11 @ V) and diagonal(U.T @ W @ V)


def diagonal(M):
    off = np.abs(M)
    largest = off.max()
    np.fill_diagonal(off, 0)
    return off.max() <= 1e-8 * largest
