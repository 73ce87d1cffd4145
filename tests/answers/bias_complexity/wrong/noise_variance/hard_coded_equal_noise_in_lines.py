# message: moved by its deviation
def noise_variance(features, deviations, new_features):
    shares = new_features @ np.linalg.pinv(features)
    return ((shares * deviations) ** 2).sum(axis=1) if features.shape[1] == 1 else np.mean(np.square(deviations)) * (shares**2).sum(axis=1)
