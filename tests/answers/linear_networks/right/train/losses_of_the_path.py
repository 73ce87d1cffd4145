def train(weights, X, Y, n_steps, learning_rate):
    path = [weights]
    for _ in range(n_steps):
        slopes = gradients(path[-1], X, Y)
        path.append([path[-1][l] - learning_rate * slopes[l] for l in range(len(slopes))])
    return [path[-1], np.array([loss(w, X, Y) for w in path[:-1]])]
