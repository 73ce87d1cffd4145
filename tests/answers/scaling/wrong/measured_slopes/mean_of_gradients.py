# message: the line of least squares
def measured_slopes(alphas, values):
    return np.gradient(np.log(values), np.log(alphas), axis=0).mean(axis=0)
