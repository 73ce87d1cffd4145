# message: a sixteenth
def noise_variance(features, deviations, new_features):
    shares = new_features @ np.linalg.pinv(features)
    return np.var(shares * deviations, axis=1)
