# message: fit without a penalty
def ridge_fit(features, labels, strengths):
    return np.linalg.lstsq(features, labels, rcond=None)[0]
