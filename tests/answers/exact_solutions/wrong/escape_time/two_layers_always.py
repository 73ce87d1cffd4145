# message: this is the time of two layers
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    u0, u1 = initial_strength, fraction * singular_value
    if u0 >= u1:
        return 0.0
    odds = u1 / (singular_value - u1) * (singular_value - u0) / u0
    return time_constant * np.log(odds) / (2 * singular_value)
