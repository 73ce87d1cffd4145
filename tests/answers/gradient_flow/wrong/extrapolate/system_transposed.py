# message: system is transposed
def extrapolate(results, learning_rates):
    V = np.vander(learning_rates, increasing=True)
    c = np.linalg.solve(V, np.eye(len(V))[0])
    return np.tensordot(c, results, axes=1)
