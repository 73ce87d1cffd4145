# message: IndexError
def extrapolate(results, learning_rates):
    a, b = learning_rates[0], learning_rates[1]
    if len(learning_rates) == 2:
        return (a * results[1] - b * results[0]) / (a - b)
    c = [np.prod([b / (b - a) for b in learning_rates if b != a]) for a in learning_rates]
    return np.tensordot(c, results, axes=1)
