# message: right product, but not balanced
def balanced_initialisation(w, hidden_dim):
    if np.linalg.matrix_rank(w) > hidden_dim:
        raise ValueError("too few hidden units")
    k, d = w.shape
    if hidden_dim >= d:
        return np.eye(hidden_dim, d), w @ np.eye(d, hidden_dim)
    return np.eye(hidden_dim, k) @ w, np.eye(k, hidden_dim)
