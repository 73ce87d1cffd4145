def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    matrix = kernel + len(labels) * decay * np.eye(len(labels))
    c, residual = np.zeros(len(labels)), labels - initial
    direction = residual.copy()
    for _ in range(5 * len(labels)):
        if np.linalg.norm(residual) < 1e-12 * np.linalg.norm(labels - initial):
            break
        step = residual @ residual / (direction @ matrix @ direction)
        c = c + step * direction
        new = residual - step * matrix @ direction
        direction = new + new @ new / (residual @ residual) * direction
        residual = new
    return initial_at + cross_kernel @ c
