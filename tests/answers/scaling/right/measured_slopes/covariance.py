def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    x = x - x.mean()
    return x @ y / (x @ x)
