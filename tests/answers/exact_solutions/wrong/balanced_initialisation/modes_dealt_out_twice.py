# message: the product W32 W21 should be w
def balanced_initialisation(w, hidden_dim):
    if np.linalg.matrix_rank(w) > hidden_dim:
        raise ValueError("too few hidden units")
    U, S, Vt = np.linalg.svd(w, full_matrices=False)
    unit = np.arange(hidden_dim) % len(S)
    return np.sqrt(S[unit])[:, None] * Vt[unit], U[:, unit] * np.sqrt(S[unit])
