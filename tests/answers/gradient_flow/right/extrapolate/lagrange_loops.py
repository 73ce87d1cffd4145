def extrapolate(results, learning_rates):
    total = 0
    for k, rate in enumerate(learning_rates):
        weight = 1.0
        for j, other in enumerate(learning_rates):
            if j != k:
                weight *= other / (other - rate)
        total = total + weight * results[k]
    return total
