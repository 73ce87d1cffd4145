def criterion(outputs, slopes, curvatures, labels, alpha):
    distance = sum((alpha * h - y) ** 2 for h, y in zip(outputs, labels)) ** 0.5
    curvature = sum(c * c for c in curvatures) ** 0.5
    return float(distance * curvature / alpha / sum(s * s for s in slopes))
