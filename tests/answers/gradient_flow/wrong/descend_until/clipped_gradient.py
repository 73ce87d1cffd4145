# message: the learning rate times the whole gradient
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(round(time / learning_rate)):
        w = w - learning_rate * np.clip(landscape.gradient(w), -50, 50)
    return w
