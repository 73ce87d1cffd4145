def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    values, vectors = np.linalg.eigh(kernel)
    along = vectors.T @ (labels - initial) / (values + len(labels) * decay)
    return initial_at + np.einsum("mn,nk,k->m", cross_kernel, vectors, along)
