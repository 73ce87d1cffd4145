# message: x^2 - y^2 = 3.75 at all three starts
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    w = starts
    for _ in range(200):
        w = w - 0.02 * (w.prod(axis=1) - 1)[:, None] * w[:, ::-1]
    return w
