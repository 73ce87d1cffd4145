def extrapolate(results, learning_rates):
    V = np.vander(learning_rates, increasing=True)
    return np.einsum("k,k...->...", np.linalg.inv(V)[0], results)
