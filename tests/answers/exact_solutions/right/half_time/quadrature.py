from scipy.integrate import quad


def half_time(correlation, variance, initial_strength, learning_rate):
    """The integral of du over du/dt, in the logarithm of the strength."""
    s, l, u0, eta = np.broadcast_arrays(correlation, variance, initial_strength, learning_rate)
    times = np.zeros(s.shape)
    for i in np.ndindex(s.shape):
        half = s[i] / l[i] / 2
        if u0[i] == 0:
            times[i] = np.inf
        elif u0[i] < half:
            middle = max(np.log(u0[i]), np.log(half) - 3)
            rate = lambda y: 4 * eta[i] * (s[i] - l[i] * np.exp(y))
            times[i] = sum(quad(lambda y: 1 / rate(y), a, b, epsabs=0, epsrel=1e-11)[0]
                           for a, b in [(np.log(u0[i]), middle), (middle, np.log(half))])
    return times
