# message: these are the constants
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return np.polyfit(x, y, 1)[1]
