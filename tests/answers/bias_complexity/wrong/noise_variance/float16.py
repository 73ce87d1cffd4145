# message: a line through these points
def noise_variance(features, deviations, new_features):
    shares = new_features @ np.linalg.pinv(features).astype(np.float16)
    return ((shares * deviations) ** 2).sum(axis=1)
