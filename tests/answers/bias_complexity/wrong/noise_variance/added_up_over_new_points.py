# message: one variance for each new point
def noise_variance(features, deviations, new_features):
    return ((new_features @ np.linalg.pinv(features) * deviations) ** 2).sum(axis=0)
