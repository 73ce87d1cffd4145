# message: look-ahead is a whole step
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    return points - time_step * g(points - time_step * g(points))
