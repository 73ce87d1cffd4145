# message: straight to the origin
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    return starts / np.sqrt(abs(x * y) + 1e-12)[:, None]
