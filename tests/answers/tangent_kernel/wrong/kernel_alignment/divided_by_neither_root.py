# message: divide by the root of each sum
def kernel_alignment(kernels, reference):
    products = (kernels * reference).sum(axis=(1, 2))
    sizes = np.sqrt((kernels**2).sum(axis=(1, 2)))
    return products / ((kernels**2).sum(axis=(1, 2)) * (reference**2).sum())
