import math


def best_stopping_step(deviations, target, noise, n, learning_rate):
    """One step after the other, and stop when every term rises."""
    floor = noise**2 / n
    q = [1.0] * len(deviations)
    k, best, least = 0, 0, math.inf
    while True:
        risk, rising = 0.0, True
        for i in range(len(q)):
            signal = (deviations[i] * target[i]) ** 2
            risk += signal * q[i] ** 2 + floor * (1 - q[i]) ** 2
            rising = rising and q[i] <= floor / (signal + floor)
        if risk < least:
            best, least = k, risk
        if rising:
            return best
        q = [q[i] * (1 - learning_rate * deviations[i] ** 2) for i in range(len(q))]
        k += 1
