# message: back in time
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    h = abs(time_step)
    return points - h * g(points - h / 2 * g(points))
