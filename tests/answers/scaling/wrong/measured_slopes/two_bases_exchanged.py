# message: two logarithms of different base
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return np.polyfit(x, np.log10(values), 1)[0]
