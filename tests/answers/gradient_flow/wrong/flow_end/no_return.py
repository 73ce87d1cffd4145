# message: returned None
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    u = np.arcsinh((x**2 - y**2) / 2) / 2
    ends = np.stack([np.exp(u), np.exp(-u)], axis=1)
