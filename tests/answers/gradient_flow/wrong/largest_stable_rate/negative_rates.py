# message: where no eigenvalue is positive
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    return 2 / e[:, -1]
