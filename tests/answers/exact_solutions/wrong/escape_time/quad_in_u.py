# message: the time should be right to 1e-6
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    end = fraction * singular_value
    if initial_strength >= end:
        return 0.0
    rate = lambda u: depth * u ** (2 - 2 / depth) * (singular_value - u)
    return time_constant * integrate.quad(lambda u: 1 / rate(u), initial_strength, end, limit=5)[0]
