def balanced_initialisation(w, hidden_dim):
    """One mode after another: the last hidden units carry them, and what is left is split next."""
    k, d = w.shape
    W21, W32, left = np.zeros((hidden_dim, d)), np.zeros((k, hidden_dim)), np.array(w)
    for _ in range(np.linalg.matrix_rank(w)):
        hidden_dim -= 1
        if hidden_dim < 0:
            raise ValueError("hidden_dim is smaller than the rank")
        U, S, Vt = np.linalg.svd(left)
        W21[hidden_dim], W32[:, hidden_dim] = -np.sqrt(S[0]) * Vt[0], -np.sqrt(S[0]) * U[:, 0]
        left = left - np.einsum("i,j->ij", W32[:, hidden_dim], W21[hidden_dim])
    return W21, W32
