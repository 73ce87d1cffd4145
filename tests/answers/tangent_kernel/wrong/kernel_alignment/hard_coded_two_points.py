# message: of rank one: their alignment is wrong
def kernel_alignment(kernels, reference):
    kernels, reference = kernels[:, :2, :2], reference[:2, :2]
    products = (kernels * reference).sum(axis=(1, 2))
    sizes = np.sqrt((kernels**2).sum(axis=(1, 2)))
    return products / (sizes * np.sqrt((reference**2).sum()))
