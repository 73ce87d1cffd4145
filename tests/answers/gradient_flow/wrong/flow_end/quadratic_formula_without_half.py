# message: below the line
def flow_end(starts):
    x, y = starts.T
    c = x**2 - y**2
    x2 = c + np.sqrt(c**2 + 4)
    X = np.sqrt(x2)
    return np.sign(x + y)[:, None] * np.stack([X, 1 / X], 1)
