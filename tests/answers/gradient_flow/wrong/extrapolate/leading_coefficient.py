# message: slope of the line
def extrapolate(results, learning_rates):
    K = len(learning_rates)
    return np.polyfit(learning_rates, np.reshape(results, (K, -1)), K - 1)[0].reshape(results.shape[1:])
