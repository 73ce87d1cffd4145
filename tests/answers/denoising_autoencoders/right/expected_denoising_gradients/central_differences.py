def expected_denoising_gradients(W21, W32, X, variances):
    """The loss is quadratic in each layer: differences are exact."""
    def loss(a, b):
        W = b @ a
        return (np.sum((X - X @ W.T) ** 2) / len(X) + np.sum(W**2 @ variances)) / 2

    slopes = [np.zeros_like(W21), np.zeros_like(W32)]
    for place in np.ndindex(*W21.shape):
        step = np.zeros_like(W21)
        step[place] = 1
        slopes[0][place] = (loss(W21 + step, W32) - loss(W21 - step, W32)) / 2
    for place in np.ndindex(*W32.shape):
        step = np.zeros_like(W32)
        step[place] = 1
        slopes[1][place] = (loss(W21, W32 + step) - loss(W21, W32 - step)) / 2
    return tuple(slopes)
