# message: straight to the origin
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    u = np.log(abs(x / y)) / 2
    return np.sign(x + y)[:, None] * np.stack([np.exp(u), np.exp(-u)], axis=1)
