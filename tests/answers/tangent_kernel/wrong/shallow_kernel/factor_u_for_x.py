# message: has the factor x, not u_j
def shallow_kernel(x, other, u, b, a):
    z, zo = np.outer(x, u) + b, np.outer(other, u) + b
    s, so = (z > 0) * 1.0, (zo > 0) * 1.0
    return 1 + np.maximum(z, 0) @ np.maximum(zo, 0).T + (a**2 * s) @ so.T + (a * u * s) @ (a * u * so).T
