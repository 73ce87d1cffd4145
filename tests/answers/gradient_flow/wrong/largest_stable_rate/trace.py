# message: 2 / the trace
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    top = e.sum(axis=1)
    return np.where(top > 0, 2 / np.where(top > 0, top, 1), np.inf)
