# message: only the last two
def extrapolate(results, learning_rates):
    order = np.argsort(learning_rates)[::-1]
    if len(order) == 1:
        return results[0]
    (a, b), (r, s) = learning_rates[order][-2:], results[order][-2:]
    return (a * s - b * r) / (a - b)
