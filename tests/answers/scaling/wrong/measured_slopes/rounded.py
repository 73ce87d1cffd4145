# message: the line of least squares through the logarithms
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return np.polyfit(x, y, 1)[0].round(2)
