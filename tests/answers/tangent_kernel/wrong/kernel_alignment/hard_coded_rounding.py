# message: infinite or not a number
def kernel_alignment(kernels, reference):
    kernels, reference = np.round(kernels, 10), np.round(reference, 10)
    products = (kernels * reference).sum(axis=(1, 2))
    sizes = np.sqrt((kernels**2).sum(axis=(1, 2)))
    return products / (sizes * np.sqrt((reference**2).sum()))
