# message: to 1e-6 of its value
def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    x = np.array([initial_strength / singular_value, fraction], dtype=np.float32)
    if x[0] >= x[1]:
        return 0.0
    y = np.linspace(np.log(x[0]), np.log(x[1]), 4001, dtype=np.float32)
    f = np.exp((2 / depth - 1) * y).astype(np.float32) / (1 - np.exp(y))
    total = np.float32(0)
    for a, b in zip(f, f[1:]):
        total += (a + b) / np.float32(2) * (y[1] - y[0])
    return time_constant * float(total) / depth * singular_value ** (2 / depth - 2)
