# message: LinAlgError
def ridge_fit(features, labels, strengths):
    n, p = features.shape
    if np.max(strengths) == 0:
        return np.linalg.pinv(features) @ labels
    gram = features.T @ features + n * np.diag(np.broadcast_to(strengths, p))
    return np.linalg.solve(gram, features.T @ labels)
