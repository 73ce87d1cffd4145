def flow_end(starts):
    s, d = starts[:, 0] + starts[:, 1], starts[:, 0] - starts[:, 1]
    c = s * d
    total = np.sign(s) * np.sqrt(2 + np.hypot(2, c))
    difference = np.divide(c, total, out=np.zeros_like(c), where=total != 0)
    return np.stack([total + difference, total - difference], axis=1) / 2
