# message: however small
def balanced_initialisation(w, hidden_dim):
    U, S, Vt = np.linalg.svd(w, full_matrices=False)
    r = min(hidden_dim, len(S))
    W21, W32 = np.zeros((hidden_dim, w.shape[1])), np.zeros((w.shape[0], hidden_dim))
    W21[:r], W32[:, :r] = np.sqrt(S)[:r, None] * Vt[:r], U[:, :r] * np.sqrt(S)[:r]
    if not np.allclose(W32 @ W21, w):
        raise ValueError("too few hidden units")
    return W21, W32
