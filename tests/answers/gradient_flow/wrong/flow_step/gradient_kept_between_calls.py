# message: from (2, 1) on the product
kept = []


def flow_step(landscape, points, time_step):
    if not kept:
        kept.append(landscape.gradient(points - time_step / 2 * landscape.gradient(points)))
    return points - time_step * kept[0]
