# message: over three steps
def train(weights, X, Y, n_steps, learning_rate):
    speed, losses = [0 * W for W in weights], []
    for _ in range(n_steps):
        losses.append(loss(weights, X, Y))
        speed = [0.9 * V - learning_rate * G for V, G in zip(speed, gradients(weights, X, Y))]
        weights = [W + V for W, V in zip(weights, speed)]
    return weights, losses
