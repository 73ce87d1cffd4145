# message: is everything computed in float64
# fails: check_forward check_loss
def forward(weights, X):
    H = X.astype(np.float32)
    for W in weights:
        H = H @ W.T.astype(np.float32)
    return H
