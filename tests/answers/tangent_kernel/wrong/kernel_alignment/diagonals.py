# message: only the diagonals are compared
def kernel_alignment(kernels, reference):
    products = np.einsum('tii,ii->t', kernels, reference)
    sizes = np.sqrt((kernels**2).sum(axis=(1, 2)))
    return products / (sizes * np.sqrt((reference**2).sum()))
