# message: this is the angle
def kernel_alignment(kernels, reference):
    products = (kernels * reference).sum(axis=(1, 2))
    sizes = np.sqrt((kernels**2).sum(axis=(1, 2)))
    return np.arccos(np.clip(products / (sizes * np.sqrt((reference**2).sum())), -1, 1))
