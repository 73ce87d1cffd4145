# message: this divides by the number of weights
def ridge_fit(features, labels, strengths):
    n, p = features.shape
    more = np.vstack([features, np.diag(np.sqrt(p * strengths * np.ones(p)))])
    return np.linalg.lstsq(more, np.append(labels, np.zeros(p)), rcond=None)[0]
