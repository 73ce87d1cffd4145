# message: returned None
def extrapolate(results, learning_rates):
    c = [np.prod([b / (b - a) for b in learning_rates if b != a]) for a in learning_rates]
    result = np.tensordot(c, results, axes=1)
