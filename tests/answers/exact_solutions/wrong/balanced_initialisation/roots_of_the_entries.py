# message: the product W32 W21 should be w
def balanced_initialisation(w, hidden_dim):
    if np.linalg.matrix_rank(w) > hidden_dim:
        raise ValueError("too few hidden units")
    U, S, Vt = np.linalg.svd(w, full_matrices=False)
    r = min(hidden_dim, len(S))
    U, S, Vt = U[:, :r], S[:r], Vt[:r]
    W21, W32 = np.zeros((hidden_dim, w.shape[1])), np.zeros((w.shape[0], hidden_dim))
    W21[: len(w)] = np.sign(w[:hidden_dim]) * np.sqrt(np.abs(w[:hidden_dim]))
    W32[:] = np.eye(*W32.shape)
    return W21, W32
