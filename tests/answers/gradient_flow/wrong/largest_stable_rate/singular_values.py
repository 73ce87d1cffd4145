# message: where no eigenvalue is positive
def largest_stable_rate(landscape, points):
    s = np.linalg.svd(landscape.hessian(points))[1]
    return 2 / s[:, 0]
