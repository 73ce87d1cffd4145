# message: inf where an eigenvalue is positive
def largest_stable_rate(landscape, points):
    g, H = landscape.gradient(points), landscape.hessian(points)
    top = np.einsum("ni,nij,nj->n", g, H, g) / ((g**2).sum(axis=1) + 1e-12)
    return np.where(top > 0, 2 / np.where(top > 0, top, 1), np.inf)
