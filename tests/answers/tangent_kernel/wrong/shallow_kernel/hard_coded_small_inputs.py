# message: automatic differentiation gives another
def shallow_kernel(x, other, u, b, a):
    z, z_other = np.multiply.outer(x, u) + b, np.multiply.outer(other, u) + b
    of_a = np.maximum(z, 0) @ np.maximum(z_other, 0).T
    of_b = (a**2 * (z > 0)) @ (z_other > 0).T
    of_u = of_b * np.multiply.outer(x, other) * (np.abs(np.multiply.outer(x, other)) < 5)
    return 1 + of_a + of_b + of_u
