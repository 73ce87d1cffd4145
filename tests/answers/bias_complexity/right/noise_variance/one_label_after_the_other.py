def noise_variance(features, deviations, new_features):
    n = len(features)
    total = np.zeros(len(new_features))
    for i in range(n):
        label = np.zeros(n)
        label[i] = deviations if np.isscalar(deviations) else deviations[i]
        total += (new_features @ np.linalg.lstsq(features, label, rcond=None)[0]) ** 2
    return total
