# message: divided by the number of
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts)
    for _ in range(round(time / learning_rate)):
        w = w - learning_rate * landscape.gradient(w) / len(w)
    return w
