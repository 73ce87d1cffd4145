from scipy.integrate import quad


def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    """In u, with the plateau cut into decades."""
    end = fraction * singular_value
    if initial_strength >= end:
        return 0.0
    edges = np.geomspace(initial_strength, end, 20)
    rate = lambda u: depth * u ** (2 - 2 / depth) * (singular_value - u)
    return time_constant * sum(quad(lambda u: 1 / rate(u), a, b, epsabs=0)[0] for a, b in zip(edges, edges[1:]))
