# message: error of order two
def extrapolate(results, learning_rates):
    q = np.asarray(learning_rates) ** 2
    total = 0
    for k in range(len(q)):
        total = total + results[k] * np.prod([q[j] / (q[j] - q[k]) for j in range(len(q)) if j != k])
    return total
