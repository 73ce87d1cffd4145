# message: seven steps on the bowl
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(round(time / learning_rate)):
        w = w - learning_rate * landscape.gradient(w).mean(axis=0)
    return w
