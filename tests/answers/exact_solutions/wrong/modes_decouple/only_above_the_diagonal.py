# message: is U square
def modes_decouple(C11, C31, W):
    U, S, Vt = np.linalg.svd(C31 @ np.linalg.inv(C11))
    V = Vt.T
    for M in (V.T @ C11 @ V, U.T @ W @ V):
        if np.abs(np.triu(M, 1)).max() > 1e-8 * np.abs(M).max():
            return False
    return True
