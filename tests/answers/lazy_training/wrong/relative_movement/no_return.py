# message: is a `return` missing
def relative_movement(snapshots):
    start = torch.cat([p.flatten() for p in snapshots[0]])
    for weights in snapshots:
        now = torch.cat([p.flatten() for p in weights])
        print((now - start).norm() / start.norm())
