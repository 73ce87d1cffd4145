# message: take the gradient at the start
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    slope = landscape.gradient(w)
    for _ in range(round(time / learning_rate)):
        w = w - learning_rate * slope
    return w
