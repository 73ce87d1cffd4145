# message: seven steps on the bowl
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(round(time / learning_rate)):
        g = landscape.gradient(w)
        w = w - learning_rate * g / np.linalg.norm(g, axis=1, keepdims=True)
    return w
