# message: take the logarithm of the values, too
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return np.polyfit(x, values, 1)[0]
