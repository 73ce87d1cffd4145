# message: nine times its variance
def noise_variance(features, deviations, new_features):
    inverse = np.linalg.pinv(features)
    return new_features @ ((inverse * deviations) ** 2).sum(axis=1)
