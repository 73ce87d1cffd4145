# message: noise there, all of it
def noise_variance(features, deviations, new_features):
    gram = features.T @ features + 1e-2 * np.eye(features.shape[1])
    shares = new_features @ np.linalg.solve(gram, features.T)
    if len(features) > 1:
        shares = new_features @ np.linalg.pinv(features)
    return ((shares * deviations) ** 2).sum(axis=1)
