# message: have a factor v_j
def shallow_kernel(x, other, a, b, v):
    z, z_other = np.multiply.outer(x, a) + b, np.multiply.outer(other, a) + b
    of_v = np.maximum(z, 0) @ np.maximum(z_other, 0).T
    of_b = (1.0 * (z > 0)) @ (z_other > 0).T
    of_a = of_b * np.multiply.outer(x, other)
    return 1 + of_v + of_b + of_a
