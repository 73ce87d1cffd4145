# message: from (2, 1) on the product
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    m = points.copy()
    m[..., 0] -= time_step / 2 * g(m)[..., 0]
    m[..., 1] -= time_step / 2 * g(m)[..., 1]
    return points - time_step * g(m)
