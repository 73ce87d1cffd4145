def takeover_time(potential, alpha):
    import math

    v = sorted(float(z) for z in potential)
    gaps = [z - v[0] for z in v[1:]]
    if len(gaps) < 2:
        return 0.0

    def others(t):
        return math.fsum(math.exp(-t * g) for g in gaps)

    late = 1 / gaps[-1]
    while others(late) > 1:
        late *= 2
    step = late
    for _ in range(45):
        step /= 2
        if others(late - step) <= 1:
            late -= step
    return torch.tensor(late / alpha, dtype=torch.float64)
