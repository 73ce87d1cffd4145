# message: What counts is the rank
def balanced_initialisation(w, hidden_dim):
    if (np.linalg.svd(w)[1] > 0).sum() > hidden_dim:
        raise ValueError("too few hidden units")
    U, S, Vt = np.linalg.svd(w, full_matrices=False)
    r = min(hidden_dim, len(S))
    U, S, Vt = U[:, :r], S[:r], Vt[:r]
    W21, W32 = np.zeros((hidden_dim, w.shape[1])), np.zeros((w.shape[0], hidden_dim))
    W21[:r], W32[:, :r] = np.sqrt(S)[:, None] * Vt, U * np.sqrt(S)
    return W21, W32
