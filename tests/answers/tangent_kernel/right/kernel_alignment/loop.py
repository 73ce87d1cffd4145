def kernel_alignment(kernels, reference):
    return [float(np.vdot(k, reference) / np.sqrt(np.vdot(k, k) * np.vdot(reference, reference))) for k in kernels]
