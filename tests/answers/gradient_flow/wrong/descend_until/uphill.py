# message: uphill
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(round(time / learning_rate)):
        w = w + learning_rate * landscape.gradient(w)
    return w
