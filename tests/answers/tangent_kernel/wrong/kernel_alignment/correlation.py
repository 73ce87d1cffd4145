# message: this is a correlation
def kernel_alignment(kernels, reference):
    return np.array([np.corrcoef(k.flatten(), reference.flatten())[0, 1] for k in kernels])
