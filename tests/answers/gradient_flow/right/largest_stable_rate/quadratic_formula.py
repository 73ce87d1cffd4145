def largest_stable_rate(landscape, points):
    H = landscape.hessian(points)
    mean, half = (H[:, 0, 0] + H[:, 1, 1]) / 2, (H[:, 0, 0] - H[:, 1, 1]) / 2
    top = mean + np.hypot(half, H[:, 0, 1])
    with np.errstate(divide="ignore"):
        return np.where(top > 0, 2 / top, np.inf)
