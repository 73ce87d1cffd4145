# message: the sum over all parameters
def shallow_kernel(x, other, a, b, v):
    v *= v
    z, z_other = np.multiply.outer(x, a) + b, np.multiply.outer(other, a) + b
    z *= z > 0
    other *= x[0]
    return 1 + z @ np.maximum(z_other, 0).T + (v * (z > 0)) @ (z_other > 0).T * (1 + np.multiply.outer(x, other))
