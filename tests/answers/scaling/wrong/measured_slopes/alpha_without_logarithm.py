# message: take the logarithm of alpha, too
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return np.polyfit(alphas, y, 1)[0]
