# message: here the norm of the reference multiplies
def kernel_alignment(kernels, reference):
    p = (kernels * reference).sum(axis=(1, 2))
    return p / np.linalg.norm(kernels, axis=(1, 2)) * np.linalg.norm(reference)
