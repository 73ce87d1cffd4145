# message: order four
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    h = time_step
    a = g(points)
    b = g(points - h / 2 * a)
    c = g(points - h / 2 * b)
    d = g(points - h * c)
    return points - h / 6 * (a + 2 * b + 2 * c + d)
