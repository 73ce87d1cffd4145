# message: followed for a long time
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    u = np.sign(x**2 - y**2) * np.log(2)
    return np.sign(x + y)[:, None] * np.stack([np.exp(u), np.exp(-u)], axis=1)
