# message: 6 points and 20 weights
def ridge_prediction(kernel, cross_kernel, labels, initial, initial_at, decay):
    kept = ridge_prediction.__dict__
    kept["sum"] = kept.get("sum", 0) + len(labels) * decay
    matrix = kernel + kept["sum"] * np.eye(len(labels))
    return initial_at + cross_kernel @ np.linalg.solve(matrix, labels - initial)
