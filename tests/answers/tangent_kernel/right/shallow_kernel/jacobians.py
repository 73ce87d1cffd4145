def shallow_kernel(x, other, a, b, v):
    def jacobian(points):
        z = np.outer(points, a) + b
        slope = v * np.heaviside(z, 0)
        return np.hstack([slope * points[:, None], slope, z.clip(min=0), np.ones((len(points), 1))])

    return jacobian(x) @ jacobian(other).T
