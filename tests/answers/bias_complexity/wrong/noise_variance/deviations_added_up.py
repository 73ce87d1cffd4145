# message: deviations do not add up
def noise_variance(features, deviations, new_features):
    shares = new_features @ np.linalg.pinv(features)
    return np.abs(shares * deviations).sum(axis=1) ** 2
