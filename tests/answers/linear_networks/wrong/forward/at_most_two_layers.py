# message: two layers are right, three are not
def forward(weights, X):
    outputs = X @ weights[0].T
    if len(weights) > 1:
        outputs = (
            outputs @ weights[-1].T if len(weights) == 2 else np.ones((len(X), len(weights[-1])))
        )
    return outputs
