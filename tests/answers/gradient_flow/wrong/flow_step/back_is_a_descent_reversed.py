# message: back in time
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    h = time_step
    if h < 0:
        return points - h * g(points)
    return points - h * g(points - h / 2 * g(points))
