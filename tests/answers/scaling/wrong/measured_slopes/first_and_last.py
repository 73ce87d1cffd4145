# message: between the first and the last point
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return (y[-1] - y[0]) / (x[-1] - x[0])
