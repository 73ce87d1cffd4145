# message: goes through the origin
def measured_slopes(alphas, values):
    return (np.log(values) / np.log(alphas)[:, None]).mean(axis=0)
