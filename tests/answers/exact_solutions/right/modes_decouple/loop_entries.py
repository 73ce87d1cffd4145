def modes_decouple(C11, C31, W):
    U, _, Vt = np.linalg.svd(C31 @ np.linalg.inv(C11))
    for M in [Vt @ C11 @ Vt.T, U.T @ W @ Vt.T]:
        rows, columns = M.shape
        limit = 1e-8 * max(abs(M[i, j]) for i in range(rows) for j in range(columns))
        for i in range(rows):
            for j in range(columns):
                if i != j and abs(M[i, j]) > limit:
                    return False
    return True
