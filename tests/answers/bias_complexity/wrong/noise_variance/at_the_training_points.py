# message: one variance for each new point
def noise_variance(features, deviations, new_features):
    shares = features @ np.linalg.pinv(features)
    return ((shares * deviations) ** 2).sum(axis=1)
