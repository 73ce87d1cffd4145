def population_loss(weights, charges, teacher_weights, teacher_charges, slope):
    # l_s(z) = (1 + s) / 2 z + (1 - s) / 2 |z|, and the two parts are orthogonal.
    w, q = np.r_[weights, teacher_weights], np.r_[charges, -teacher_charges]
    d, size = w.shape[1], np.sqrt((w**2).sum(axis=1))
    linear = np.square(q @ w).sum() / d
    cosine = np.minimum(np.abs(w @ w.T) / np.outer(size, size), 1)
    even = 2 / (np.pi * d) * np.outer(size, size) * (np.sqrt(1 - cosine**2) + np.arcsin(cosine) * cosine)
    return ((1 + slope) / 2) ** 2 * linear + ((1 - slope) / 2) ** 2 * np.einsum("i,j,ij->", q, q, even)
