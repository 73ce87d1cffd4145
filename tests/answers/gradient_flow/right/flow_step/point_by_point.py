def flow_step(landscape, points, time_step):
    out = np.empty_like(points)
    for place in np.ndindex(points.shape[:-1]):
        x, y = points[place]
        a, b = landscape.gradient([x, y])
        a, b = landscape.gradient([x - time_step / 2 * a, y - time_step / 2 * b])
        out[place] = x - time_step * a, y - time_step * b
    return out
