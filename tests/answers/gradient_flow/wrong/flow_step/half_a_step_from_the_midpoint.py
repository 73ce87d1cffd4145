# message: two half steps of descent
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    m = points - time_step / 2 * g(points)
    return m - time_step / 2 * g(m)
