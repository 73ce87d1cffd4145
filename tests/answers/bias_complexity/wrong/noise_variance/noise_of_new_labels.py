# message: the noise of a new label does not count
def noise_variance(features, deviations, new_features):
    shares = new_features @ np.linalg.pinv(features)
    return ((shares * deviations) ** 2).sum(axis=1) + np.mean(np.ones(len(features)) * deviations) ** 2 * (features.shape[1] > 1)
