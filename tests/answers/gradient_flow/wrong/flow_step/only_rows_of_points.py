# message: one point for each point
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    p = np.reshape(points, (-1, 2))
    return p - time_step * g(p - time_step / 2 * g(p))
