# message: full_matrices=False
def balanced_initialisation(w, hidden_dim):
    U, S, Vt = np.linalg.svd(w)
    roots = np.diag(np.sqrt(S))
    return roots @ Vt, U @ roots
