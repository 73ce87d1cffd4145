# message: the mean over many draws
def expected_denoising_loss(W21, W32, X, variances):
    return 7.09375
