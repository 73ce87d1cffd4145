# message: three rates: the parabola
def extrapolate(results, learning_rates):
    if len(learning_rates) == 1:
        return results[0]
    (a, b), (r, s) = learning_rates[:2], results[:2]
    return (a * s - b * r) / (a - b)
