# message: takes the second rate for half
def extrapolate(results, learning_rates):
    a, b = np.sort(learning_rates)[:2]
    i, j = np.argsort(learning_rates)[:2]
    return 2 * results[i] - results[j]
