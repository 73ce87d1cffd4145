# message: the product W32 W21 should be w
def balanced_initialisation(w, hidden_dim):
    if np.linalg.matrix_rank(w) > hidden_dim:
        raise ValueError("too few hidden units")
    U, S, V = np.linalg.svd(w)
    root = np.zeros((hidden_dim, w.shape[1]))
    np.fill_diagonal(root, np.sqrt(S[: min(root.shape)]))
    out = np.zeros((w.shape[0], hidden_dim))
    np.fill_diagonal(out, np.sqrt(S[: min(out.shape)]))
    return root @ V.T, U @ out
