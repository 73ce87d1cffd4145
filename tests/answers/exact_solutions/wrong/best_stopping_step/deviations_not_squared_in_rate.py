# message: the rate takes the variance
def best_stopping_step(deviations, target, noise, n, learning_rate):
    signal, floor = deviations**2 * target**2, noise**2 / n
    q = (1 - learning_rate * deviations) ** np.arange(6001)[:, None]
    risk = (signal * q**2 + floor * (1 - q) ** 2).sum(axis=1)
    return int(risk.argmin())
