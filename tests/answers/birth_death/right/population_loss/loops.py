def population_loss(weights, charges, teacher_weights, teacher_charges, slope):
    import math

    d = weights.shape[1]

    def k(a, b):
        size = math.sqrt(sum(a * a)) * math.sqrt(sum(b * b))
        cosine = max(-1.0, min(1.0, sum(a * b) / size))
        angle = math.acos(cosine)
        return size / (2 * math.pi * d) * (math.sin(angle) + (math.pi - angle) * cosine)

    def leaky(a, b):
        return k(a, b) - slope * k(a, -b) - slope * k(-a, b) + slope**2 * k(-a, -b)

    particles = [(c, w) for c, w in zip(charges, weights)] + [(-c, w) for c, w in zip(teacher_charges, teacher_weights)]
    return sum(c * q * leaky(a, b) for c, a in particles for q, b in particles)
