# message: the best step is far away
def best_stopping_step(deviations, target, noise, n, learning_rate):
    def risk(k):
        q = (1 - learning_rate * deviations**2) ** k
        return np.sum(deviations**2 * target**2 * q**2 + noise**2 / n * (1 - q) ** 2)
    return min(range(1000), key=risk)
