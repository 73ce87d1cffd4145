# message: should add up to 1
def extrapolate(results, learning_rates):
    total = 0
    for k, a in enumerate(learning_rates):
        total = total + results[k] * np.prod([b / (a - b) for b in learning_rates if b != a])
    return total
