# message: keeps x - y
def flow_end(starts):
    x, y = starts[:, 0], starts[:, 1]
    d = x - y
    r = np.sqrt(d**2 + 4)
    return np.stack([(r + d) / 2, (r - d) / 2], axis=1)
