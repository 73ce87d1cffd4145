# message: x^2 - y^2 = 3.75
def flow_end(starts):
    out = []
    for x, y in starts:
        t = np.linspace(-4, 4, 20001)
        c = np.concatenate([np.stack([np.exp(t), np.exp(-t)], 1), -np.stack([np.exp(t), np.exp(-t)], 1)])
        out.append(c[np.argmin(((c - [x, y]) ** 2).sum(1))])
    return np.array(out)
