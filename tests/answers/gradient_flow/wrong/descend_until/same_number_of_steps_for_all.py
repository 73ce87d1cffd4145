# message: seven steps on the bowl
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(100):
        w = w - learning_rate * landscape.gradient(w)
    return w
