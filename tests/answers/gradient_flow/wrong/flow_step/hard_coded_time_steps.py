# message: on the bowl, for points in other shapes
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    h = {0.1: 0.05, 0.2: 0.1, -0.1: -0.05}.get(time_step, 0.1)
    return points - time_step * g(points - h * g(points))
