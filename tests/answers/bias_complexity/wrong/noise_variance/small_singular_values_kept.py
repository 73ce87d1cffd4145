# message: moves the outputs of the fit differently
def noise_variance(features, deviations, new_features):
    u, s, vt = np.linalg.svd(features, full_matrices=False)
    return (((new_features @ vt.T / s) @ u.T * deviations) ** 2).sum(axis=1)
