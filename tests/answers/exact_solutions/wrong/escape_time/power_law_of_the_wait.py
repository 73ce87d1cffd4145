# message: do you divide by D - 2
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    power = 1 - 2 / depth
    return time_constant * initial_strength**-power / (depth * power * singular_value)
