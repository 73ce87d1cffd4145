# message: one number for each of the kernels
def kernel_alignment(kernels, reference):
    products = (kernels * reference).sum(axis=1)
    sizes = np.sqrt((kernels**2).sum(axis=1))
    return products / (sizes * np.sqrt((reference**2).sum()))
