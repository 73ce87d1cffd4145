# message: line through all
def extrapolate(results, learning_rates):
    K = len(learning_rates)
    if K == 1:
        return results[0]
    flat = np.reshape(results, (K, -1))
    return np.polyfit(learning_rates, flat, 1)[-1].reshape(np.shape(results)[1:])
