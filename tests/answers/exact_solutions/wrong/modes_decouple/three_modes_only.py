# message: is U square
def modes_decouple(C11, C31, W):
    U, S, Vt = np.linalg.svd(C31 @ np.linalg.inv(C11))
    V = Vt.T
    A, B = V.T @ C11 @ V, U.T @ W @ V
    places = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]
    return all(abs(M[i, j]) <= 1e-8 * np.abs(M).max() for M in (A, B) for i, j in places)
