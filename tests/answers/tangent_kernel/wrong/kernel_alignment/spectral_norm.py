# message: not an eigenvalue
def kernel_alignment(kernels, reference):
    products = (kernels * reference).sum(axis=(1, 2))
    sizes = np.linalg.norm(kernels, ord=2, axis=(1, 2))
    return products / (sizes * np.linalg.norm(reference, ord=2))
