# message: starts with x + y < 0
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    u = np.arcsinh((x[:1] ** 2 - y[:1] ** 2) / 2) / 2 + 0 * x
    return np.sign(x + y)[:, None] * np.stack([np.exp(u), np.exp(-u)], axis=1)
