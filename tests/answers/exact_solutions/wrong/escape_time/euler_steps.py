# message: nearly right, but not to 1e-6
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    u, t, step = initial_strength, 0.0, 1e-3
    while u < fraction * singular_value:
        u += step * depth * u ** (2 - 2 / depth) * (singular_value - u)
        t += step
    return time_constant * t
