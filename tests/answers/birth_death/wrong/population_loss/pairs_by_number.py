# message: stands for two of the student
def population_loss(weights, charges, teacher_weights, teacher_charges, slope):
    def kernel(a, b):
        lengths = np.linalg.norm(a) * np.linalg.norm(b)
        angle = np.arccos(np.clip(a @ b / lengths, -1, 1))
        return lengths * (np.sin(angle) + (np.pi - angle) * np.cos(angle)) / (2 * np.pi * len(a))

    def overlap(a, b):
        return (1 + slope**2) * kernel(a, b) - 2 * slope * kernel(a, -b)

    return sum(
        c * c * overlap(a, a) + q * q * overlap(b, b) - 2 * c * q * overlap(a, b)
        for a, c, b, q in zip(weights, charges, teacher_weights, teacher_charges)
    )
