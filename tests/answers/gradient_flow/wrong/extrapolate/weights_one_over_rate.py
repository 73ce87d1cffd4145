# message: one weight is negative
def extrapolate(results, learning_rates):
    w = 1 / np.asarray(learning_rates)
    return np.tensordot(w / w.sum(), results, axes=1)
