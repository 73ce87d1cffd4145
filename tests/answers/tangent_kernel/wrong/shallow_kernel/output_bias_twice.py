# message: c is one parameter
def shallow_kernel(x, other, u, b, a):
    z, zo = np.outer(x, u) + b, np.outer(other, u) + b
    s, so = z > 0, zo > 0
    return 2 + np.maximum(z, 0) @ np.maximum(zo, 0).T + ((a**2 * s) @ so.T) * (1 + np.outer(x, other))
