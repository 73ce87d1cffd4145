# message: one direction that bounces
def largest_stable_rate(landscape, points):
    lam = np.linalg.eigvalsh(landscape.hessian(points)).mean(axis=1)
    return np.where(lam > 0, 2 / lam, np.inf)
