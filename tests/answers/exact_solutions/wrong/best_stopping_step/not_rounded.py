# message: a whole number of steps
def best_stopping_step(deviations, target, noise, n, learning_rate):
    floor = noise**2 / n
    q = floor / (deviations**2 * target**2 + floor)
    k = np.log(q) / np.log(1 - learning_rate * deviations**2)
    return float(k.max())
