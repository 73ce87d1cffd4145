# message: learning rate is changed
def descend_until(landscape, starts, learning_rate, time):
    w, k = np.array(starts, dtype=float), round(time / learning_rate)
    for _ in range(k):
        w = w - time / k * landscape.gradient(w)
    return w
