# message: from (2, 1) on the product
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    a = g(points)
    Ha = (landscape.hessian(points) @ a[..., None])[..., 0]
    return points - time_step * a + time_step**2 / 2 * Ha
