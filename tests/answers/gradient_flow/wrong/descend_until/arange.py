# message: 2.4 steps should become 2, not 3
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in np.arange(0, time - 1e-12, learning_rate):
        w = w - learning_rate * landscape.gradient(w)
    return w
