# message: infinite or not a number
def measured_slopes(alphas, values):
    return np.polyfit(np.log(alphas), np.log(values.astype(np.float32)), 1)[0]
