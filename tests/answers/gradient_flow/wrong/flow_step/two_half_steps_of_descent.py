# message: from (1, 1) on the bowl
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    for _ in range(2):
        points = points - time_step / 2 * g(points)
    return points
