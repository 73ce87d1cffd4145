# message: this is the inverse of the slope
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    return [np.polyfit(c, x, 1)[0] for c in y.T[:, :]]
