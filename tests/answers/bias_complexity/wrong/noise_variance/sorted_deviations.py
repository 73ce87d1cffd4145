# message: moved by its deviation
def noise_variance(features, deviations, new_features):
    deviations = np.sort(np.ones(len(features)) * deviations)

    shares = new_features @ np.linalg.pinv(features)
    return ((shares * deviations) ** 2).sum(axis=1)
