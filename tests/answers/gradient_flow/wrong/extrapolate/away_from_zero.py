# message: goes away from 0
def extrapolate(results, learning_rates):
    return 2 * results[0] - results[-1]
