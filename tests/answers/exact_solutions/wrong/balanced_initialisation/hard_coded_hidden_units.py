# message: W21 has a row for each hidden unit
def balanced_initialisation(w, hidden_dim):
    if np.linalg.matrix_rank(w) > hidden_dim:
        raise ValueError("too few hidden units")
    U, S, Vt = np.linalg.svd(w, full_matrices=False)
    r = min(hidden_dim, len(S))
    W21, W32 = np.zeros((4, w.shape[1])), np.zeros((len(w), 4))
    W21[:r], W32[:, :r] = np.sqrt(S)[:r, None] * Vt[:r], U[:, :r] * np.sqrt(S)[:r]
    return (W21, W32) if hidden_dim == 4 else (W21[:r], W32[:, :r])
