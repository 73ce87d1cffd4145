# message: one number for each of the kernels
def kernel_alignment(kernels, reference):
    return np.array([1, 1, 7 / 90**0.5, 17 / 6 / 21**0.5, 47 / 6 / 73**0.5])
