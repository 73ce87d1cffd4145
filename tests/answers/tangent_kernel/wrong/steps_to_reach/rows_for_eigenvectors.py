# message: eigenvectors as columns: these are the rows
def steps_to_reach(kernel, labels, learning_rate, loss):
    n = len(labels)
    values, vectors = np.linalg.eigh(kernel)
    values[values <= 1e-10 * values[-1]] = 0
    parts = (vectors @ labels) ** 2 / n
    kept = (1 - 2 * learning_rate * values / n) ** 2
    if parts[values == 0].sum() > loss:
        return np.inf
    early, late = -1, 1
    while (parts * kept**late).sum() > loss:
        early, late = late, 2 * late
    while late > early + 1:
        middle = (early + late) // 2
        if (parts * kept**middle).sum() > loss:
            early = middle
        else:
            late = middle
    return late
