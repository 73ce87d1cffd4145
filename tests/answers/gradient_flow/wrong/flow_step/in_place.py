# message: should start where you stood
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    w = points
    w -= time_step / 2 * g(w)
    return points - time_step * g(w)
