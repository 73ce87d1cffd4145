# message: infinite or not a number
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    u = np.arcsinh((x**2 - y**2) / 2) / 2
    with np.errstate(all='ignore'):
        return ((x + y) / abs(x + y))[:, None] * np.stack([np.exp(u), np.exp(-u)], axis=1)
