def shallow_kernel(x, other, u, b, a):
    kernel = [[1.0 for _ in other] for _ in x]
    for i, p in enumerate(x):
        for k, q in enumerate(other):
            for s, t, r in zip(u, b, a):
                y, z = s * p + t, s * q + t
                if y > 0 and z > 0:
                    kernel[i][k] += y * z + r * r * (1 + p * q)
    return kernel
