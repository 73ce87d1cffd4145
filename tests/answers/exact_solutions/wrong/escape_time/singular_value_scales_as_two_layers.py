# message: and not as 1/s
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    def slow(y):
        x = np.exp(y)
        return x / (x ** (2 - 2 / depth) * (1 - x))
    if initial_strength >= fraction * singular_value:
        return 0.0
    time = integrate.quad(slow, np.log(initial_strength / singular_value), np.log(fraction))[0]
    return time_constant * time / depth / singular_value
