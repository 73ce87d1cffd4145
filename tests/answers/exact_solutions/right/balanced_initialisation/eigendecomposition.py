def balanced_initialisation(w, hidden_dim):
    """From the eigenvectors of w' w: no singular value decomposition."""
    k, d = w.shape
    squares, vectors = np.linalg.eigh(w.T @ w)
    keep = squares > 1e-12 * squares.max()
    s, V = np.sqrt(squares[keep]), vectors[:, keep]
    if len(s) > hidden_dim:
        raise ValueError("too few hidden units")
    W21, W32 = np.zeros((hidden_dim, d)), np.zeros((k, hidden_dim))
    W21[: len(s)] = (V * np.sqrt(s)).T
    W32[:, : len(s)] = w @ V / np.sqrt(s)
    return W21, W32
