# message: here the modes mix, since the inputs are correlated
def modes_decouple(C11, C31, W):
    V = np.linalg.eigh(C11)[1]
    U, _, Vt = np.linalg.svd(C31 @ np.linalg.inv(C11))
    for M in (V.T @ C11 @ V, U.T @ W @ Vt.T):
        off = np.abs(M)
        largest = off.max()
        np.fill_diagonal(off, 0)
        if off.max() > 1e-8 * largest:
            return False
    return True
