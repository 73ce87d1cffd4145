# message: any order
def extrapolate(results, learning_rates):
    return results[0] if len(results) == 1 else 2 * results[-1] - results[-2]
