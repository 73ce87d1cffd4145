def balanced_initialisation(w, hidden_dim):
    U, S, Vt = np.linalg.svd(w)
    k, d = w.shape
    rank = int((S > 1e-12 * max(S[0], 1e-300)).sum())
    if rank > hidden_dim:
        raise ValueError(f"{hidden_dim} hidden units cannot carry a map of rank {rank}")
    W21, W32 = np.zeros((hidden_dim, d)), np.zeros((k, hidden_dim))
    for i in range(rank):
        W21[i] = S[i] ** 0.5 * Vt[i]
        W32[:, i] = U[:, i] * S[i] ** 0.5
    return W21, W32
