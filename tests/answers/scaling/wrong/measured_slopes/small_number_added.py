# message: very small values count as they are
def measured_slopes(alphas, values):
    return np.polyfit(np.log(alphas), np.log(values + 1e-30), 1)[0]
