def noise_variance(features, deviations, new_features):
    u, s, vt = np.linalg.svd(features, full_matrices=False)
    keep = s > 1e-10 * s[0]
    shares = (new_features @ vt[keep].T / s[keep]) @ u[:, keep].T
    return (shares**2 @ (np.ones(len(features)) * deviations**2)).tolist()
