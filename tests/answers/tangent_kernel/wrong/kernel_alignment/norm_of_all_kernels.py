# message: the sum of the products over all entries
def kernel_alignment(kernels, reference):
    products = (kernels * reference).sum(axis=(1, 2))
    sizes = np.sqrt((kernels**2).sum())
    return products / (sizes * np.sqrt((reference**2).sum()))
