# message: results that are a polynomial
def extrapolate(results, learning_rates):
    rates, results = learning_rates[:3], results[:3]
    c = [np.prod([b / (b - a) for b in rates if b != a]) for a in rates]
    return np.tensordot(c, results, axes=1)
