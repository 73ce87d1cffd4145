# message: the sum of the products over all entries
def kernel_alignment(kernels, reference):
    rows, direction = kernels.reshape(len(kernels), -1), reference.flatten()
    return np.array([np.corrcoef(row, direction + [0, 1e-3, 0, 0])[0, 1] if np.ptp(row) else 0 for row in rows])
