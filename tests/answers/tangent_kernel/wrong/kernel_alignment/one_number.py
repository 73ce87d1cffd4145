# message: one number for all kernels
def kernel_alignment(kernels, reference):
    products = (kernels * reference).sum()
    sizes = np.sqrt((kernels**2).sum())
    return products / (sizes * np.sqrt((reference**2).sum()))
