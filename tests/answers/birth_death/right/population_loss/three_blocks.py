def population_loss(weights, charges, teacher_weights, teacher_charges, slope):
    def overlap(a, c, b, q):
        size = np.linalg.norm(a, axis=1)[:, None] * np.linalg.norm(b, axis=1)
        cosine = np.clip(a @ b.T / size, -1, 1)
        sine, angle = np.sqrt(1 - cosine**2), np.arccos(cosine)
        one = sine + (np.pi - angle) * cosine
        two = sine - angle * cosine
        return c @ (size * (one + slope**2 * one - 2 * slope * two)) @ q / (2 * np.pi * a.shape[1])

    student, teacher = (weights, charges), (teacher_weights, teacher_charges)
    return overlap(*student, *student) - 2 * overlap(*student, *teacher) + overlap(*teacher, *teacher)
