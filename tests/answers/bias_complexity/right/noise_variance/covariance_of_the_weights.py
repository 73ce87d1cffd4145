def noise_variance(features, deviations, new_features):
    inverse = np.linalg.pinv(features, rcond=1e-12)
    covariance = (inverse * np.square(deviations)) @ inverse.T
    return np.einsum("mi,ij,mj->m", new_features, covariance, new_features)
