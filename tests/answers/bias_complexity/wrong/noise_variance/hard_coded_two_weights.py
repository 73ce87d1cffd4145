# message: moved by its deviation
def noise_variance(features, deviations, new_features):
    features, new_features = features[:, :2], new_features[:, :2]

    shares = new_features @ np.linalg.pinv(features)
    return ((shares * deviations) ** 2).sum(axis=1)
