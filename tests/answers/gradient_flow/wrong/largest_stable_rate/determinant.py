# message: inf where an eigenvalue
def largest_stable_rate(landscape, points):
    d = np.linalg.det(landscape.hessian(points))
    return np.where(d > 0, 2 / d, np.inf)
