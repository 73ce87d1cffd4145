# message: a right angle
def population_loss(weights, charges, teacher_weights, teacher_charges, slope):
    x = np.random.default_rng(0).standard_normal((1000, weights.shape[1]))
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    z, z_teacher = x @ weights.T, x @ teacher_weights.T
    f = np.where(z > 0, z, slope * z) @ charges
    return ((f - np.where(z_teacher > 0, z_teacher, slope * z_teacher) @ teacher_charges) ** 2).mean()
