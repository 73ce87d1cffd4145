# message: any order
def extrapolate(results, learning_rates):
    rates = np.sort(learning_rates)[::-1]
    total = 0
    for k, a in enumerate(rates):
        total = total + results[k] * np.prod([b / (b - a) for b in rates if b != a])
    return total
