# message: where no eigenvalue is positive
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    top = e[:, -1]
    return np.where(top > 0, 2 / top, np.nan)
