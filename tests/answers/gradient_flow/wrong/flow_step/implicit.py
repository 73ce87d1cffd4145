# message: from (1, 1) on the bowl
def flow_step(landscape, points, time_step):
    g = landscape.gradient
    w = points
    for _ in range(60):
        w = points - time_step * g((points + w) / 2)
    return w
