# message: twice as long
def flow_step(landscape, points, time_step):
    w = np.asarray(points, float)
    m = w - time_step / 2 * landscape.gradient(w)
    return w - time_step * landscape.gradient(m) * 2
