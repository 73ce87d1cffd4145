# message: each mode has a q_i of its own
def best_stopping_step(deviations, target, noise, n, learning_rate):
    total = np.sum(deviations**2 * target**2)
    rate = np.mean(deviations**2)
    q = (1 - learning_rate * rate) ** np.arange(6001)
    return int((total * q**2 + len(target) * noise**2 / n * (1 - q) ** 2).argmin())
