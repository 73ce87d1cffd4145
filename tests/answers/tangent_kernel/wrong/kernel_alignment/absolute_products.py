# message: no absolute values
def kernel_alignment(kernels, reference):
    p = np.abs(kernels * reference).sum(axis=(1, 2))
    return p / (np.linalg.norm(kernels, axis=(1, 2)) * np.linalg.norm(reference))
