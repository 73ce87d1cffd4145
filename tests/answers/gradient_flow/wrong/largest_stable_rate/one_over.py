# message: this is 1 / eigenvalue
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    top = e[:, -1]
    return np.where(top > 0, 1 / top, np.inf)
