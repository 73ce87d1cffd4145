def flow_step(landscape, points, time_step):
    A, b = np.array([[0.0, 0.0], [0.5, 0.0]]), np.array([0.0, 1.0])
    slopes = np.zeros((2, *points.shape))
    for i in range(2):
        slopes[i] = -landscape.gradient(points + time_step * np.tensordot(A[i], slopes, axes=1))
    return points + time_step * np.tensordot(b, slopes, axes=1)
