def descend_until(landscape, starts, learning_rate, time):
    points, left = starts.copy(), time / learning_rate
    while left > 0.5:
        points -= learning_rate * landscape.gradient(points)
        left -= 1
    return points
