# message: this is the logarithm of two layers
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    begin, end = initial_strength / singular_value, fraction
    if begin >= end:
        return 0.0
    return time_constant * np.log(end * (1 - begin) / begin / (1 - end)) / (depth * singular_value)
