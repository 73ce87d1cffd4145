# message: these are standard deviations
def noise_variance(features, deviations, new_features):
    shares = new_features @ np.linalg.pinv(features)
    return np.sqrt(((shares * deviations) ** 2).sum(axis=1))
