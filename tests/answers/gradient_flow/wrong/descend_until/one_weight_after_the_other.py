# message: the second weight moves by a gradient
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(round(time / learning_rate)):
        w[:, 0] -= learning_rate * landscape.gradient(w)[:, 0]
        w[:, 1] -= learning_rate * landscape.gradient(w)[:, 1]
    return w
