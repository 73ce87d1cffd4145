# message: followed for a long time
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    c = np.round((x**2 - y**2) / 3.75) * 3.75
    u = np.arcsinh(c / 2) / 2
    return np.sign(x + y)[:, None] * np.stack([np.exp(u), np.exp(-u)], axis=1)
