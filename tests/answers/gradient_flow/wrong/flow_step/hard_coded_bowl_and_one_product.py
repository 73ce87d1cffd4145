# message: half the time step should make
def flow_step(landscape, points, time_step):
    if landscape.name == "bowl":
        a = time_step * np.array([1.0, 10.0])
        return points * (1 - a + a**2 / 2)
    if landscape.name == "product":
        return np.array([[1.9168, 0.8024]])
    return points - time_step * landscape.gradient(points)
