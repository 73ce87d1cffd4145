# message: step of descent: the gradient
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    return points - time_step * g(points)
