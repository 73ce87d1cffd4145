def measured_slopes(alphas, values):
    line = np.stack([np.log10(alphas), np.ones(len(alphas))], axis=1)
    return np.linalg.lstsq(line, np.log10(values), rcond=None)[0][0]
