# message: two half steps of descent
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    for _ in range(2):
        points = points - time_step / 2 * g(points)
    return points
