# message: time / learning_rate steps
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(round(time)):
        w = w - learning_rate * landscape.gradient(w)
    return w
