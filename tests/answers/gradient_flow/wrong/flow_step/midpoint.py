# message: the whole step is missing
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    return points - time_step / 2 * g(points)
