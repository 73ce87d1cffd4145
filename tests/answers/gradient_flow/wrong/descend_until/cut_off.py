# message: one step is missing
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(int(time / learning_rate)):
        w = w - learning_rate * landscape.gradient(w)
    return w
