# message: the sum over all parameters
def shallow_kernel(x, other, u, b, a):
    a *= a
    z, z_other = np.multiply.outer(x, u) + b, np.multiply.outer(other, u) + b
    z *= z > 0
    other *= x[0]
    return 1 + z @ np.maximum(z_other, 0).T + (a * (z > 0)) @ (z_other > 0).T * (1 + np.multiply.outer(x, other))
