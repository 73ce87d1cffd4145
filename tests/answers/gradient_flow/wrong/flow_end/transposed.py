# message: x and y in a row
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    u = np.arcsinh((x**2 - y**2) / 2) / 2
    return (np.sign(x + y)[:, None] * np.stack([np.exp(u), np.exp(-u)], axis=1)).T
