# message: one point for each start
def descend_until(landscape, starts, learning_rate, time):
    w = [np.array(starts, dtype=float)]
    for _ in range(round(time / learning_rate)):
        w.append(w[-1] - learning_rate * landscape.gradient(w[-1]))
    return np.stack(w)
