# message: compare with the largest entry
def modes_decouple(C11, C31, W):
    U, S, Vt = np.linalg.svd(C31 @ np.linalg.inv(C11))
    V = Vt.T
    largest = max(np.abs(C11).max(), np.abs(W).max())
    for M in (V.T @ C11 @ V, U.T @ W @ V):
        off = np.abs(M)
        np.fill_diagonal(off, 0)
        if off.max() > 1e-8 * largest:
            return False
    return True
