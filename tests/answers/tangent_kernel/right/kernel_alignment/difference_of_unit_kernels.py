def kernel_alignment(kernels, reference):
    unit = kernels / np.linalg.norm(kernels, axis=(1, 2), keepdims=True)
    return 1 - ((unit - reference / np.linalg.norm(reference)) ** 2).sum(axis=(1, 2)) / 2
