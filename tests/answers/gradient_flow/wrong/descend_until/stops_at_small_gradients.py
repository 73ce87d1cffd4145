# message: one start alone
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=float)
    for _ in range(round(time / learning_rate)):
        g = landscape.gradient(w)
        if np.linalg.norm(g) < 1:
            break
        w = w - learning_rate * g
    return w
