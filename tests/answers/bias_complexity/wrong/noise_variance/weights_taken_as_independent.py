# message: the errors of the two weights are not independent
def noise_variance(features, deviations, new_features):
    inverse = np.linalg.pinv(features)
    return new_features**2 @ ((inverse * deviations) ** 2).sum(axis=1)
