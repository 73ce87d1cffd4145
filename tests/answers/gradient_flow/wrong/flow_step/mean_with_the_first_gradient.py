# message: a mean of two gradients
def flow_step(landscape, points, time_step):
    w = np.asarray(points, float)
    g = landscape.gradient(w)
    m = w - time_step / 2 * g
    return w - time_step * (g + landscape.gradient(m)) / 2
