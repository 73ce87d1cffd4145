# message: as found
def expected_denoising_gradients(W21, W32, X, variances):
    return (np.array([[0.75, 1.0625, 6.5625], [1.0, 2.5625, -3.1875]]),
            np.array([[7.25, -5.75], [0.125, 0.5], [2.25, -5.5]]))
