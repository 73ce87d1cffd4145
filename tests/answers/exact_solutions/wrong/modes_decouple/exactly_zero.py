# message: rounding makes its zeros 1e-17
def modes_decouple(C11, C31, W):
    U, S, Vt = np.linalg.svd(C31 @ np.linalg.inv(C11))
    V = Vt.T
    for M in (V.T @ C11 @ V, U.T @ W @ V):
        np.fill_diagonal(M, 0)
        if M.any():
            return False
    return True
