# message: it returned None
def noise_variance(features, deviations, new_features):
    shares = new_features @ np.linalg.pinv(features)
    answer = ((shares * deviations) ** 2).sum(axis=1)
