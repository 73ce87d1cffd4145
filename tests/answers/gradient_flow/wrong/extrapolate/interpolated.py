# message: go on to the rate 0
def extrapolate(results, learning_rates):
    r = np.asarray(results, float)
    o = np.argsort(learning_rates)
    flat = r.reshape(len(r), -1)
    return np.array([np.interp(0, learning_rates[o], f[o]) for f in flat.T]).reshape(r.shape[1:])
