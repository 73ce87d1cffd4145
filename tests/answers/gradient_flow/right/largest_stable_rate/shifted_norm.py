def largest_stable_rate(landscape, points):
    H = landscape.hessian(points)
    shift = abs(H).sum(axis=(1, 2))
    top = np.linalg.norm(H + shift[:, None, None] * np.eye(2), ord=2, axis=(1, 2)) - shift
    out = np.full(len(top), np.inf)
    out[top > 0] = 2 / top[top > 0]
    return out
