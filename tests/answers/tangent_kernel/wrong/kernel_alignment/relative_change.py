# message: the sum of the products over all entries
def kernel_alignment(kernels, reference):
    return np.linalg.norm(kernels - reference, axis=(1, 2)) / np.linalg.norm(reference)
