"""A small sound course to break: `_config.yml` and `solutions/demo/demo.md` in a folder."""

from pathlib import Path

SOURCE = '''\
---
kernelspec:
  display_name: Python 3
  language: python
  name: python3
course:
  assignment: demo
  title: Demo
  points: 6
---

# Demo

Read this first.

```{code-cell} ipython3
:tags: [setup]

import math

zero = 0
```

Write `double`.

```{code-cell} ipython3
# exercise: double
def double(x):
    """Twice `x`."""
    ### BEGIN SOLUTION
    the_secret_sum = x + x
    return the_secret_sum
    ### END SOLUTION
```

```{code-cell} ipython3
# check: double (2 points)
seen = double(math.pi)
assert seen == 2 * math.pi
### BEGIN HIDDEN TESTS
assert double(1234567.0) == 2469134.0
### END HIDDEN TESTS
```

```{code-cell} ipython3
# check: double_of_nothing (1 point)
from numpy import isclose

assert isclose(double(zero), zero)
```

Read this first.

```{code-cell} ipython3
---
tags: [experiment]
---
trial = double(21)
```

Why is that so?

+++ {"open": "why", "points": 3}

Because a number plus itself is twice the number.
'''


def write_demo(root: Path, text: str = SOURCE, *, file: str = "demo.md") -> Path:
    """Write a course whose source is `text`; a lone surrogate becomes a byte that is not UTF-8."""
    path = root / "solutions" / "demo" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    (root / "_config.yml").write_text('public_address: ""\n')
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


def changed(old: str, new: str) -> str:
    """The source with one place changed."""
    if SOURCE.count(old) != 1:
        raise ValueError(f"{old!r} stands {SOURCE.count(old)} times in the source: give one place")
    return SOURCE.replace(old, new)


def tree(root: Path) -> dict[str, bytes]:
    """Every file below `root` with its bytes."""
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}
