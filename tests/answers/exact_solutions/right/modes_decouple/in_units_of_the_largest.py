def modes_decouple(C11, C31, W):
    """Both matrices in units of their largest entry, without their diagonals."""
    B = C31 @ np.linalg.inv(C11)
    U, _, Vt = np.linalg.svd(B)
    W, C11 = U.T @ W @ Vt.T, Vt @ C11 @ Vt.T
    W, C11 = W / (np.abs(W).max() or 1), C11 / np.abs(C11).max()
    W -= np.eye(*W.shape) * W
    C11 -= np.diag(C11.diagonal())
    return not (np.abs(W) > 1e-8).any() and not (np.abs(C11) > 1e-8).any()
