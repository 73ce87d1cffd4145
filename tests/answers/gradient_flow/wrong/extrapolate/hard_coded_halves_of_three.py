# message: results that are a polynomial
def extrapolate(results, learning_rates):
    if len(results) == 1:
        return results[0]
    if len(results) == 3:
        return (8 * results[2] - 6 * results[1] + results[0]) / 3
    a, b = learning_rates[:2]
    return (a * results[1] - b * results[0]) / (a - b)
