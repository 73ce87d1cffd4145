# message: where x + y < 0, x > y means
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    u = np.arcsinh(abs(x**2 - y**2) / 2) / 2
    u = np.where(x > y, u, -u)
    return np.sign(x + y)[:, None] * np.stack([np.exp(u), np.exp(-u)], axis=1)
