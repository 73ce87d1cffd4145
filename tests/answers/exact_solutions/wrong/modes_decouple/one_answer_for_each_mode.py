# message: one answer for all modes
def modes_decouple(C11, C31, W):
    U, S, Vt = np.linalg.svd(C31 @ np.linalg.inv(C11))
    V = Vt.T
    M = np.abs(U.T @ W @ V)
    return M.sum(axis=0) - M.diagonal() <= 1e-8 * M.max()
