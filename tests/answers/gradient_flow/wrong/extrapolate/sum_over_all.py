# message: without the axis of the rates
def extrapolate(results, learning_rates):
    c = [np.prod([b / (b - a) for b in learning_rates if b != a]) for a in learning_rates]
    return np.sum([w * r.sum() for w, r in zip(c, results)])
