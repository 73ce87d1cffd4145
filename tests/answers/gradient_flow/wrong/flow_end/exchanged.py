# message: x and y are exchanged
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    u = np.arcsinh((y**2 - x**2) / 2) / 2
    return np.sign(x + y)[:, None] * np.stack([np.exp(u), np.exp(-u)], axis=1)
