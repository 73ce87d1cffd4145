# message: goes through the origin
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return x @ y / (x @ x)
