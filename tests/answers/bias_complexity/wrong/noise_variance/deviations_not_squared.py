# message: the deviations should be squared
def noise_variance(features, deviations, new_features):
    shares = new_features @ np.linalg.pinv(features)
    return (shares**2 * deviations).sum(axis=1)
