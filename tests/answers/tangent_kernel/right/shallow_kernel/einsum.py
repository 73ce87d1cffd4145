def shallow_kernel(x, other, a, b, v):
    y, z = x[:, None] * a + b, other[:, None] * a + b
    both = np.einsum("ij,kj->ikj", y > 0, z > 0)
    terms = np.einsum("ij,kj->ikj", y, z) + v**2 * (1 + np.einsum("i,k->ik", x, other))[:, :, None]
    return 1 + (both * terms).sum(axis=2)
