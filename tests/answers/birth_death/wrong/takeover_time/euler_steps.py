# message: exp(-alpha t) + exp(-2 alpha t) = 1
def takeover_time(potential, alpha):
    v, t, step = np.array(potential), 0.0, 1e-2 / (alpha * max(np.ptp(potential), 1e-9))
    mass = np.full(len(v), 1 / len(v))
    while mass[v.argmin()] < 0.5:
        mass -= step * alpha * (v - mass @ v) * mass
        t += step
    return t
