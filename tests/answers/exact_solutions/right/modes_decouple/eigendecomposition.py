def modes_decouple(C11, C31, W):
    """V and U from the eigenvectors of B' B and B B'."""
    B = C31 @ np.linalg.inv(C11)
    k, d = B.shape
    squares, V = np.linalg.eigh(B.T @ B)
    V = V[:, ::-1]  # the largest first
    _, U = np.linalg.eigh(B @ B.T)
    U = U[:, ::-1]

    def apart(M):
        M = np.abs(M)
        return (np.triu(M, 1).max(initial=0) <= 1e-8 * M.max()) & (np.tril(M, -1).max(initial=0) <= 1e-8 * M.max())

    return apart(V.T @ C11 @ V) & apart(U.T @ W @ V)
