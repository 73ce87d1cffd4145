# message: inf where an eigenvalue is positive
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    return np.where(e[:, 0] >= 0, 2 / e[:, -1], np.inf)
