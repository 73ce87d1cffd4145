# message: without the axis
def extrapolate(results, learning_rates):
    r = np.asarray(results, float); h = np.asarray(learning_rates)
    w = np.array([np.prod([b / (b - a) for b in h if b != a]) for a in h])
    return np.tensordot(w, r, axes=1)[None]
