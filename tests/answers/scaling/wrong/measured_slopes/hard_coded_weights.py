# message: points around the line
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)

    if len(x) == 3:
        return np.polyfit(x, y, 1)[0]
    return (y[-1] - y[0]) / (x[-1] - x[0])
