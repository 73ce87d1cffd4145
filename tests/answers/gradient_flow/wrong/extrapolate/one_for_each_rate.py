# message: without the axis of the rates
def extrapolate(results, learning_rates):
    return results - results[-1]
