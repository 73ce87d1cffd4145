def forward(weights, X):
    outputs = []
    for x in X:
        for W in weights:
            x = W.dot(x)
        outputs.append(x)
    return np.array(outputs)
