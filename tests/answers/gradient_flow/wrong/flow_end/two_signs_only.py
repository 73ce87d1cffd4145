# message: does not leave the line
def flow_end(starts):
    x, y = starts.T
    u = np.arcsinh((x**2 - y**2) / 2) / 2
    return np.where(x + y > 0, 1, -1)[:, None] * np.stack([np.exp(u), np.exp(-u)], 1)
