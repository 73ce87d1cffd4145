# message: the line of least squares
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return [np.polyfit(x, c, 1, w=w)[0] for c, w in zip(y.T, values.T)]
