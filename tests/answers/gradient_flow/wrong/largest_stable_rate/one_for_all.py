# message: one rate for each point
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    return 2 / e.max()
