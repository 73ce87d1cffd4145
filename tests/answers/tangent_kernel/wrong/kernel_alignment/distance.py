# message: 1 minus the cosine
def kernel_alignment(kernels, reference):
    products = (kernels * reference).sum(axis=(1, 2))
    sizes = np.sqrt((kernels**2).sum(axis=(1, 2)))
    return 1 - products / (sizes * np.sqrt((reference**2).sum()))
