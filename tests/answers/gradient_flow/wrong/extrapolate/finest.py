# message: go on to the rate 0
def extrapolate(results, learning_rates):
    return results[np.argmin(learning_rates)]
