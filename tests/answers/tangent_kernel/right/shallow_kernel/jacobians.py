def shallow_kernel(x, other, u, b, a):
    def jacobian(points):
        z = np.outer(points, u) + b
        slope = a * np.heaviside(z, 0)
        return np.hstack([slope * points[:, None], slope, z.clip(min=0), np.ones((len(points), 1))])

    return jacobian(x) @ jacobian(other).T
