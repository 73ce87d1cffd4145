# message: this is the mean
def extrapolate(results, learning_rates):
    return results.mean(axis=0)
