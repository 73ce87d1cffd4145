# message: Heun
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    a = g(points)
    return points - time_step / 2 * (a + g(points - time_step * a))
