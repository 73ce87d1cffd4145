def split_risk(predictions, target):
    R, S, m = predictions.shape
    bias = data = start = 0.0
    for x in range(m):
        means = [sum(predictions[r, s, x] for s in range(S)) / S for r in range(R)]
        mean = sum(means) / R
        bias += (mean - target[x]) ** 2 / m
        data += sum((a - mean) ** 2 for a in means) / R / m
        for r in range(R):
            start += sum((predictions[r, s, x] - means[r]) ** 2 for s in range(S)) / (R * S * m)
    return [bias, data, start]
