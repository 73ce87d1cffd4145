# message: 2 / rate should be
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    top = e[:, -1]
    if landscape.name == "double well":
        top = abs(e).sum(axis=1)
    return np.where(top > 0, 2 / top, np.inf)
