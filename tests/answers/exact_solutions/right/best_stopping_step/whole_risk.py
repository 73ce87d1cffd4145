def best_stopping_step(deviations, target, noise, n, learning_rate):
    def risk(k):
        q = (1 - learning_rate * deviations**2) ** k
        return noise**2 + np.sum(deviations**2 * target**2 * q**2 + noise**2 / n * (1 - q) ** 2)

    q_star = noise**2 / n / (deviations**2 * target**2 + noise**2 / n)
    k_star = np.log(q_star) / np.log(1 - learning_rate * deviations**2)
    return min(range(int(k_star.max()) + 2), key=risk)
