# message: compare with the largest entry
def modes_decouple(C11, C31, W):
    U, S, Vt = np.linalg.svd(C31 @ np.linalg.inv(C11))
    V = Vt.T
    answers = []
    for M in (V.T @ C11 @ V, U.T @ W @ V):
        D = np.zeros_like(M)
        np.fill_diagonal(D, M.diagonal())
        answers.append(np.allclose(M, D))
    return all(answers)
