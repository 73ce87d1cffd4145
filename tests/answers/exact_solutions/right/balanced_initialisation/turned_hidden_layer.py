def balanced_initialisation(w, hidden_dim):
    U, S, Vt = np.linalg.svd(w, full_matrices=False)
    r = np.linalg.matrix_rank(w)
    if r > hidden_dim:
        raise ValueError("rank")
    R, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(hidden_dim, hidden_dim)))
    root = np.diag(np.sqrt(S[:r]))
    return [R[:, :r] @ root @ Vt[:r], U[:, :r] @ root @ R[:, :r].T]
