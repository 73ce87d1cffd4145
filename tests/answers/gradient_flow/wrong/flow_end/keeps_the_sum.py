# message: this keeps x + y
def flow_end(starts):
    x, y = starts.T
    s = x + y
    d = np.sqrt(np.maximum(s**2 - 4, 0))
    X = np.where(x > y, (s + d) / 2, (s - d) / 2)
    with np.errstate(all="ignore"):
        return np.stack([X, 1 / X], 1)
