# message: eigenvalue of largest size
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    return np.where(e[:, 1] > 0, (2 / abs(e)).min(axis=1), np.inf)
