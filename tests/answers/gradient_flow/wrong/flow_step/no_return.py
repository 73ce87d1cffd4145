# message: returned None
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    m = points - time_step / 2 * g(points)
    points = points - time_step * g(m)
