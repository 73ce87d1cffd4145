# message: these points are elsewhere
def flow_end(starts):
    x, y = starts.T
    u = np.arcsinh((x**2 - y**2) / 2) / 2
    side = np.where(x * y < 0, 0, np.sign(x + y))
    return side[:, None] * np.exp(np.stack([u, -u], axis=1))
