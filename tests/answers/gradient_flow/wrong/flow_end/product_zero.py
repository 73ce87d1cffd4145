# message: these points are elsewhere
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    c = x**2 - y**2
    return np.stack([np.sqrt(abs(c)), 0 * c], axis=1)
