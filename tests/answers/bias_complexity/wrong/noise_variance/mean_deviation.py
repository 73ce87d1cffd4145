# message: each should have its own
def noise_variance(features, deviations, new_features):
    shares = new_features @ np.linalg.pinv(features)
    return np.mean(deviations) ** 2 * (shares**2).sum(axis=1)
