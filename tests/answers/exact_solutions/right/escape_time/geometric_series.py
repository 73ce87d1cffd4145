from scipy.special import hyp2f1


def escape_time(depth, initial_strength, singular_value, fraction, time_constant=1.0):
    """1 / (1 - x) as a geometric series, summed by the hypergeometric function."""
    D, s, x = depth, singular_value, np.array([initial_strength / singular_value, fraction])
    if x[0] >= x[1]:
        return 0.0
    if D == 2:
        clock = np.log(x / (1 - x))
    else:
        p = 2 / D - 1
        clock = x**p / p * hyp2f1(1, p, 1 + p, x)
    return time_constant / D * s ** (2 / D - 2) * (clock[1] - clock[0])
