# message: a sixteenth
def noise_variance(features, deviations, new_features):
    shares = new_features @ np.linalg.pinv(features)
    return ((shares * deviations) ** 2).sum(axis=1) + np.mean(np.square(deviations))
