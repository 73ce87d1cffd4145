def kernel_alignment(kernels, reference):
    products = np.einsum("tij,ji->t", kernels, reference)
    sizes = np.sqrt(np.trace(kernels @ kernels, axis1=1, axis2=2) * np.trace(reference @ reference))
    return products / sizes
