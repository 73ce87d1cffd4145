# message: each moves by itself
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    m = points - time_step / 2 * g(points)
    k = g(m)
    return points - time_step * (k[:1] if points.ndim > 1 else k)
