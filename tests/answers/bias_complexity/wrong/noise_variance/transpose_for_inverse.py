# message: a sixteenth
def noise_variance(features, deviations, new_features):
    shares = new_features @ features.T
    return ((shares * deviations) ** 2).sum(axis=1)
