# message: two logarithms of different base
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return np.polyfit(np.log10(alphas), y, 1)[0]
