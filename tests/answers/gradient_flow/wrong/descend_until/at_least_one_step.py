# message: at time 0 no step
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(max(1, round(time / learning_rate))):
        w = w - learning_rate * landscape.gradient(w)
    return w
