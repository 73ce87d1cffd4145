# message: the mean of the slopes between neighbours
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return (np.diff(y, axis=0) / np.diff(x)[:, None]).mean(axis=0)
