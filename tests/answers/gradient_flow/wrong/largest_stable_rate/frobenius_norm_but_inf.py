# message: 2 / the norm of the Hessian
def largest_stable_rate(landscape, points):
    H = landscape.hessian(points)
    return np.where(np.linalg.eigvalsh(H)[:, 1] > 0, 2 / np.linalg.norm(H, axis=(1, 2)), np.inf)
