# message: a kernel that grows is better aligned
def kernel_alignment(kernels, reference):
    products = (kernels * reference).sum(axis=(1, 2))
    sizes = np.sqrt((kernels**2).sum(axis=(1, 2)))
    return products / (reference**2).sum()
