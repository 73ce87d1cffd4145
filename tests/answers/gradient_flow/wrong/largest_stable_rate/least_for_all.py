# message: one number for all points
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    return np.full(len(points), 2 / e.max())
