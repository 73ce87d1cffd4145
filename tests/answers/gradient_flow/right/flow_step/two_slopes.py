def flow_step(landscape, points, time_step):
    k1 = -landscape.gradient(points)
    k2 = -landscape.gradient(points + time_step * k1 / 2)
    return points + time_step * k2
