# message: infinite or not a number
def noise_variance(features, deviations, new_features):
    u, s, vt = np.linalg.svd(features, full_matrices=False)
    return (((new_features @ vt.T / s) @ u.T * deviations) ** 2).sum(axis=1)
