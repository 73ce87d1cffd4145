def measured_slopes(alphas, values):
    return [np.polyfit(np.log2(alphas), np.log2(column), 1)[0] for column in values.T]
