def descend_until(landscape, starts, learning_rate, time):
    def run(w, k):
        if k == 0:
            return w
        if k == 1:
            return w - learning_rate * landscape.gradient(w)
        return run(run(w, k // 2), k - k // 2)

    return run(np.asarray(starts, dtype=np.float64), int(np.rint(time / learning_rate)))
