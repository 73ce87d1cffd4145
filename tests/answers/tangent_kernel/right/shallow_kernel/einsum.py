def shallow_kernel(x, other, u, b, a):
    y, z = x[:, None] * u + b, other[:, None] * u + b
    both = np.einsum("ij,kj->ikj", y > 0, z > 0)
    terms = np.einsum("ij,kj->ikj", y, z) + a**2 * (1 + np.einsum("i,k->ik", x, other))[:, :, None]
    return 1 + (both * terms).sum(axis=2)
