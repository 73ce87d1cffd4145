# message: slope of the line
def extrapolate(results, learning_rates):
    return (results[0] - results[-1]) / (learning_rates[0] - learning_rates[-1])
