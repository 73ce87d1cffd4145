# message: kernels in other units
def kernel_alignment(kernels, reference):
    products = (kernels * reference).sum(axis=(1, 2))
    sizes = np.sqrt((kernels**2).sum(axis=(1, 2)))
    return products / (1e-10 + sizes * np.sqrt((reference**2).sum()))
