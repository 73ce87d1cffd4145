# message: a start at 0 is diagonal too
def modes_decouple(C11, C31, W):
    U, _, Vt = np.linalg.svd(C31 @ np.linalg.inv(C11))
    for M in (Vt @ C11 @ Vt.T, U.T @ W @ Vt.T):
        off = np.abs(M)
        largest = np.diag(off).max()
        np.fill_diagonal(off, 0)
        if not off.max() < 1e-8 * largest:
            return False
    return True
