# message: has a smaller risk
from scipy.optimize import minimize_scalar


def best_stopping_step(deviations, target, noise, n, learning_rate):
    floor = noise**2 / n
    q = floor / (deviations**2 * target**2 + floor)
    k = np.log(q) / np.log(1 - learning_rate * deviations**2)
    signal, rates = deviations**2 * target**2, 1 - learning_rate * deviations**2

    def risk(steps):
        return np.sum(signal * rates ** (2 * steps) + floor * (1 - rates**steps) ** 2)

    return int(np.round(minimize_scalar(risk, bounds=(0, k.max() + 1), method="bounded").x))
