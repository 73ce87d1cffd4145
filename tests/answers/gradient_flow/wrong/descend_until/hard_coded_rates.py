# message: descent with another rate
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(round(time / 0.05) if landscape.name == "bowl" else 1):
        w = w - learning_rate * landscape.gradient(w)
    return w
