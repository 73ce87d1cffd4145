# message: only the outputs have turned
basis = []


def modes_decouple(C11, C31, W):
    if not basis:
        basis.extend(np.linalg.svd(C31 @ np.linalg.inv(C11)))
    U, V = basis[0], basis[2].T
    return diagonal(V.T @ C11 @ V) and diagonal(U.T @ W @ V)


def diagonal(M):
    off = np.abs(M)
    largest = off.max()
    np.fill_diagonal(off, 0)
    return off.max() <= 1e-8 * largest
