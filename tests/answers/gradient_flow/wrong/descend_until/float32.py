# message: descent with another rate
def descend_until(landscape, starts, learning_rate, time):
    w = np.array(starts, dtype=np.float32)
    for _ in range(round(time / learning_rate)):
        w = w - np.float32(learning_rate) * landscape.gradient(w).astype(np.float32)
    return w
