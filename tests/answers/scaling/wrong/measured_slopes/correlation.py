# message: these are correlations
def measured_slopes(alphas, values):
    return np.array([np.corrcoef(np.log(alphas), np.log(c))[0, 1] for c in values.T])
