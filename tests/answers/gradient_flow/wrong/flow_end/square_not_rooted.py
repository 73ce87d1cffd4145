# message: the squares of x and y
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    c = x**2 - y**2
    a = (c + np.sqrt(c**2 + 4)) / 2
    return np.sign(x + y)[:, None] * np.stack([a, 1 / a], axis=1)
