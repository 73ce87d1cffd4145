# message: returned None
def largest_stable_rate(landscape, points):
    e = np.linalg.eigvalsh(landscape.hessian(points))
    rate = 2 / e[:, -1]
