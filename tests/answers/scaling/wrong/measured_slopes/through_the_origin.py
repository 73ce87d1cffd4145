# message: goes through the origin
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    y = y - y[0]
    return x @ y / (x @ x)
