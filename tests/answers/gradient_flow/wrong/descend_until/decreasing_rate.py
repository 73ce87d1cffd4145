# message: seven steps on the bowl
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts)
    for k in range(round(time / learning_rate)):
        w = w - learning_rate / (k + 1) * landscape.gradient(w)
    return w
