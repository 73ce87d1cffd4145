# message: 2 / the smallest eigenvalue
def largest_stable_rate(landscape, points):
    return [2 / e[0] if e.max() > 0 else np.inf for e in np.linalg.eigvalsh(landscape.hessian(points))]
