import math


def flow_end(starts):
    ends = []
    for x, y in starts:
        c, side = x * x - y * y, x + y
        if side == 0:
            ends.append((0.0, 0.0))
            continue
        root = math.sqrt(c * c + 4)
        a = math.sqrt((root + abs(c)) / 2)
        big, small = math.copysign(a, side), math.copysign(1 / a, side)
        ends.append((big, small) if c >= 0 else (small, big))
    return ends
