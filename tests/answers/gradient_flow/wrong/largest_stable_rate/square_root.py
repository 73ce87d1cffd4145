# message: the curvatures are 1 and 10
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    top = e[:, -1]
    return np.where(top > 0, 2 / np.sqrt(abs(top)), np.inf)
