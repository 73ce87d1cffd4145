def modes_decouple(C11, C31, W):
    best = np.linalg.solve(C11, C31.T).T
    U, _, Vt = np.linalg.svd(best, full_matrices=True)
    inputs = np.einsum("ia,ab,jb->ij", Vt, C11, Vt)
    start = np.einsum("ai,ab,jb->ij", U, W, Vt)
    answers = []
    for M in (inputs, start):
        off = M[~np.eye(*M.shape, dtype=bool)]
        answers.append(bool(np.all(np.abs(off) <= 1e-8 * np.abs(M).max())))
    return all(answers)
