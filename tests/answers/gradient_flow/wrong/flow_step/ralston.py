# message: from (2, 1) on the product
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    a = g(points)
    b = g(points - 2 / 3 * time_step * a)
    return points - time_step * (a / 4 + 3 * b / 4)
