def descend_until(landscape, starts, learning_rate, time):
    ends = []
    for x, y in starts.tolist():
        for _ in range(round(time / learning_rate)):
            dx, dy = landscape.gradient([x, y])
            x, y = x - learning_rate * dx, y - learning_rate * dy
        ends.append([x, y])
    return ends
