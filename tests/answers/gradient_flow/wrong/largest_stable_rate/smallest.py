# message: 2 / the smallest eigenvalue
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    top = e[:, 0]
    return np.where(top > 0, 2 / np.where(top > 0, top, 1), np.inf)
