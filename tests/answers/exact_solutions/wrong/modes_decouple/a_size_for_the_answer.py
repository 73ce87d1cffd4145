# message: return True or False
def modes_decouple(C11, C31, W):
    U, S, Vt = np.linalg.svd(C31 @ np.linalg.inv(C11))
    V = Vt.T
    M = np.abs(V.T @ C11 @ V)
    return M.trace()
