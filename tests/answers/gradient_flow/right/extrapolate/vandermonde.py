def extrapolate(results, learning_rates):
    K = len(learning_rates)
    flat = np.reshape(results, (K, -1))
    scale = np.max(learning_rates)
    V = np.vander(np.asarray(learning_rates) / scale, K, increasing=True)
    return np.linalg.solve(V, flat)[0].reshape(np.shape(results)[1:])
