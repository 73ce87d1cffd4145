# message: largest eigenvalues; the rate
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    return np.where(e[:, -1] > 0, e[:, -1], np.inf)
