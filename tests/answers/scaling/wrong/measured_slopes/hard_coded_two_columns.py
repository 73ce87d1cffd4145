# message: one slope for each column
def measured_slopes(alphas, values):
    x, y = np.log(alphas), np.log(values)
    p = np.polyfit(x, y, 1)[0]
    return p[:2] if len(p) > 1 else [p[0], 0.0]
