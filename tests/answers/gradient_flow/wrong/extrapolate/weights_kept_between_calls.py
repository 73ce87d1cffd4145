# message: any order
kept = {}


def extrapolate(results, learning_rates):
    key = len(learning_rates)
    if key not in kept:
        kept[key] = [np.prod([b / (b - a) for b in learning_rates if b != a]) for a in learning_rates]
    return np.tensordot(kept[key], results, axes=1)
