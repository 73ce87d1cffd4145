import math


def half_time(correlation, variance, initial_strength, learning_rate):
    together = np.broadcast(correlation, variance, initial_strength, learning_rate)
    times = []
    for s, l, u, eta in together:
        if u == 0:
            times.append(math.inf)
        elif l * u >= s / 2:
            times.append(0.0)
        else:
            tau = 1 / (2 * eta)
            times.append(tau / (2 * s) * math.log(s / (l * u) - 1))
    return np.array(times).reshape(together.shape)
