# message: LinAlgError
def noise_variance(features, deviations, new_features):
    inverse = np.linalg.solve(features.T @ features, features.T)
    return ((new_features @ inverse * deviations) ** 2).sum(axis=1)
