# message: it returned None
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    np.polyfit(x, y, 1)[0]
