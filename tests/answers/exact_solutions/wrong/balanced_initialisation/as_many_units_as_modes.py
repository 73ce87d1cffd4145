# message: W21 has a row for each hidden unit
def balanced_initialisation(w, hidden_dim):
    if np.linalg.matrix_rank(w) > hidden_dim:
        raise ValueError("too few hidden units")
    U, S, Vt = np.linalg.svd(w, full_matrices=False)
    return np.sqrt(S)[:, None] * Vt, U * np.sqrt(S)
