# message: points around the line
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)

    if len(x) == 3:
        return np.polyfit(x, y, 1)[0]
    pairs = np.triu_indices(len(x), 1)
    return np.median((y[pairs[0]] - y[pairs[1]]) / (x[pairs[0]] - x[pairs[1]])[:, None], axis=0)
