# message: 2 / the norm of the Hessian
def largest_stable_rate(landscape, points):
    H = landscape.hessian(points)
    top = np.linalg.norm(H, axis=(1, 2))
    return np.where(top > 0, 2 / np.where(top > 0, top, 1), np.inf)
