def extrapolate(results, learning_rates):
    flat = np.reshape(results, (len(results), -1))
    return np.polyfit(learning_rates, flat, len(results) - 1)[-1].reshape(np.shape(results)[1:])
