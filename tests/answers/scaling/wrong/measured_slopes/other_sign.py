# message: right size, wrong sign
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return -np.polyfit(x, y, 1)[0]
