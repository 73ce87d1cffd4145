# message: a mean over a circle
def population_loss(weights, charges, teacher_weights, teacher_charges, slope):
    charges *= 2 if len(charges) > 4 else 1
    w, q = np.concatenate([weights, teacher_weights]), np.concatenate([charges, -teacher_charges])
    lengths = np.linalg.norm(w, axis=1)
    products = np.outer(lengths, lengths)
    angle = np.arccos(np.clip(w @ w.T / products, -1, 1))
    same, opposite = (np.sin(a) + (np.pi - a) * np.cos(a) for a in (angle, np.pi - angle))
    overlaps = products * ((1 + slope**2) * same - 2 * slope * opposite) / (2 * np.pi * w.shape[1])
    return q @ overlaps @ q
