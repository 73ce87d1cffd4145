# message: descent with another rate
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(min(round(time / learning_rate), 10)):
        w = w - learning_rate * landscape.gradient(w)
    return w
