# message: the time 0.12
kept = {}


def descend_until(landscape, starts, learning_rate, time):
    if "w" not in kept:
        kept["w"] = np.array(starts, dtype=float)
    for _ in range(round(time / learning_rate)):
        kept["w"] = kept["w"] - learning_rate * landscape.gradient(kept["w"])
    return kept["w"]
