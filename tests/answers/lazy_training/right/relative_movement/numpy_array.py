def relative_movement(snapshots):
    vectors = np.array([np.concatenate([w.numpy().ravel() for w in weights]) for weights in snapshots])
    return np.linalg.norm(vectors - vectors[0], axis=1) / np.linalg.norm(vectors[0])
