def flow_end(starts):
    x, y = np.array(starts).T
    c, u = x**2 - y**2, np.zeros(len(x))
    for _ in range(200):
        u -= np.clip((2 * np.sinh(2 * u) - c) / (4 * np.cosh(2 * u)), -1, 1)
    return np.sign(x + y)[:, None] * np.stack([np.exp(u), np.exp(-u)], axis=1)
