# message: right product, but not balanced
def balanced_initialisation(w, hidden_dim):
    if np.linalg.matrix_rank(w) > hidden_dim:
        raise ValueError("too few hidden units")
    U, S, Vt = np.linalg.svd(w, full_matrices=False)
    r = min(hidden_dim, len(S))
    W21, W32 = np.zeros((hidden_dim, w.shape[1])), np.zeros((w.shape[0], hidden_dim))
    W21[:r], W32[:, :r] = S[:r, None] ** (1 / 3) * Vt[:r], U[:, :r] * S[:r] ** (2 / 3)
    return W21, W32
