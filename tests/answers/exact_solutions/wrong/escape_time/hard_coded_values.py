# message: the time should be right to 1e-6
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    if initial_strength >= 0.5:
        return 0.0
    return time_constant * (1.1594141 if depth == 2 else 1.1864653)
