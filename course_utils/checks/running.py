"""A cell of answers, run as it is when graded: also below a line that raises.

What the answer defines is what counts. A module that is missing there, or an experiment that needs
another cell, costs nothing if the answer does not use it. Annotations are not evaluated, as from
Python 3.14 on.
"""

import __future__

import ast
from typing import Any

ANNOTATIONS = __future__.annotations.compiler_flag
# A cell may put others in their place, for itself; the cells below it are run all the same.
COMPILE, EXEC, MODULE, TREE = compile, exec, ast.Module, ast.PyCF_ONLY_AST


def first_error(source: str, name: str, namespace: dict[str, Any]) -> BaseException | None:
    """Run all statements of a cell called `name`; the first error among them.

    >>> space = {}
    >>> first_error("import nowhere\\ndef double(x): return 2 * x", "cell", space)
    ModuleNotFoundError("No module named 'nowhere'")
    >>> space["double"](2)
    4
    """
    first: BaseException | None = None
    try:
        statements = COMPILE(source, name, "exec", TREE).body
    except BaseException as error:
        return error
    for statement in statements:
        try:
            code = COMPILE(MODULE([statement], []), name, "exec", ANNOTATIONS, True)
            EXEC(code, namespace)
        except BaseException as error:
            first = error if first is None else first
    return first
