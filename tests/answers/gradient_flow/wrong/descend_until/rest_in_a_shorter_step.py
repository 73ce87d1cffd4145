# message: cut short
def descend_until(landscape, starts, learning_rate, time):
    w, left = np.array(starts, dtype=float), time
    while left > 1e-12:
        step = min(left, learning_rate)
        w, left = w - step * landscape.gradient(w), left - step
    return w
