# message: on the bowl, for points in other shapes
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    p = points.astype(np.float32)
    h = np.float32(time_step)
    m = p - h / 2 * g(p).astype(np.float32)
    return p - h * g(m).astype(np.float32)
