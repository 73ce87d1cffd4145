# message: take logarithms of both
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return np.polyfit(alphas, values, 1)[0]
