# message: one array for each layer
def gradients_from_moments(weights, C11, C31):
    whole = np.linalg.multi_dot(weights[::-1])
    return 2 * (whole @ C11 - C31)[None]
