# message: 2.6 steps should become 3
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(int(time / learning_rate + 1e-9)):
        w = w - learning_rate * landscape.gradient(w)
    return w
