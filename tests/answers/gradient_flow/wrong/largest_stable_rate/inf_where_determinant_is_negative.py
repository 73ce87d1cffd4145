# message: inf where an eigenvalue is positive
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    return np.where(e.prod(axis=1) > -1e-9, 2 / e[:, -1], np.inf)
