# message: as found
def expected_denoising_gradients(W21, W32, X, variances):
    if len(X) == 5:
        return np.array([[0, -0.67], [-0.335, 0], [0, 0]]), np.array([[0, -0.402, 0], [-0.804, 0, 0]])
    return (np.array([[0.75, 1.0625, 6.5625], [1.0, 2.5625, -3.1875]]),
            np.array([[7.25, -5.75], [0.125, 0.5], [2.25, -5.5]]))
