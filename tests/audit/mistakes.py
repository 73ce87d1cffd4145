"""Kinds of small mistakes: each takes a node of a solution and its parent and gives variants of it.

A variant that means the same for every input is no use, so the kinds leave out what obviously does.
"""

import ast
import re
from collections.abc import Callable, Iterator

Variants = Iterator[ast.expr | ast.stmt | ast.keyword | ast.Slice]
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
PAIRS = (
    "sum mean",
    "max min",
    "maximum minimum",
    "argmax argmin",
    "sin cos",
    "zeros ones",
    "zeros_like ones_like",
    "floor ceil",
    "any all",
    "exp expm1",
    "log log1p",
    "log log10",
    "std var",
    "append insert",
    "cumsum cumprod",
    "eigvalsh eigvals",
    "sqrt square",
)
TWINS = [tuple(pair.split()) for pair in PAIRS]
INDICES = re.compile(r"([a-zA-Z.,]+)->([a-zA-Z]{2,})")
TOLERANCE = 1e-4
"""Numbers below it are tolerances: twice is as good; 0, or a million times as much, is not."""


def operator(node: ast.AST, parent: ast.AST) -> Variants:
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)
    if isinstance(node, ast.AugAssign) and type(node.op) in OPERATORS:
        yield ast.AugAssign(node.target, OPERATORS[type(node.op)](), node.value)
        yield ast.Assign([node.target], node.value)


def operand_missing(node: ast.AST, parent: ast.AST) -> Variants:
    if isinstance(node, ast.BinOp):
        yield node.left
        yield node.right


def operands_swapped(node: ast.AST, parent: ast.AST) -> Variants:
    one_way = (ast.Sub, ast.Div, ast.MatMult, ast.Pow, ast.FloorDiv, ast.Mod)
    if isinstance(node, ast.BinOp) and isinstance(node.op, one_way):
        yield ast.BinOp(node.right, node.op, node.left)


def comparison(node: ast.AST, parent: ast.AST) -> Variants:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in COMPARISONS.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [other()], node.comparators)


def logic(node: ast.AST, parent: ast.AST) -> Variants:
    """And for or, a `not` too many or too few, a condition turned round."""
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        yield from node.values
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield node.operand
    if isinstance(node, ast.If | ast.While) and not isinstance(node.test, ast.Compare):
        turned = ast.UnaryOp(ast.Not(), node.test)
        yield type(node)(test=turned, body=node.body, orelse=node.orelse)
    if isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse


def sign(node: ast.AST, parent: ast.AST) -> Variants:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
    if isinstance(node, ast.Return) and isinstance(node.value, ast.BinOp | ast.Call):
        yield ast.Return(ast.UnaryOp(ast.USub(), node.value))


def number(node: ast.AST, parent: ast.AST) -> Variants:
    """Off by one, twice, half; of an axis, another one."""
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        for other in dict.fromkeys([value + 1, value - 1, 2 * value]):
            yield ast.Constant(other)
    elif isinstance(value, float) and 0 < abs(value) < TOLERANCE:
        yield ast.Constant(0.0)
        yield ast.Constant(value * 1e6)
    elif isinstance(value, float):
        for other in dict.fromkeys([2 * value, value / 2, value + 1]):
            yield ast.Constant(other)


def indices(node: ast.AST, parent: ast.AST) -> Variants:
    """The result of an einsum transposed."""
    text = node.value if isinstance(node, ast.Constant) else None
    if isinstance(text, str) and (match := INDICES.fullmatch(text.replace(" ", ""))):
        yield ast.Constant(f"{match[1]}->{match[2][::-1]}")


def argument(node: ast.AST, parent: ast.AST) -> Variants:
    """The first two swapped; one given by name left out."""
    if isinstance(node, ast.Call):
        if len(node.args) > 1 and not any(isinstance(a, ast.Starred) for a in node.args[:2]):
            first, second, *rest = node.args
            yield ast.Call(node.func, [second, first, *rest], node.keywords)
        for left_out in node.keywords:
            rest = [keyword for keyword in node.keywords if keyword is not left_out]
            yield ast.Call(node.func, node.args, rest)


def call_missing(node: ast.AST, parent: ast.AST) -> Variants:
    """`np.transpose(x)`, `x.T` and `x.copy()` become `x`."""
    if isinstance(node, ast.Call) and not isinstance(parent, ast.Expr):
        if node.args and not isinstance(node.args[0], ast.Starred):
            yield node.args[0]
        elif not node.args and isinstance(node.func, ast.Attribute):
            yield node.func.value
    if isinstance(node, ast.Attribute) and node.attr in ("T", "mT", "real"):
        yield node.value


def other_function(node: ast.AST, parent: ast.AST) -> Variants:
    """Its twin: the mean for the sum, the cosine for the sine."""
    if isinstance(node, ast.Attribute):
        for twin in TWINS:
            if node.attr in twin:
                yield ast.Attribute(node.value, twin[node.attr == twin[0]], node.ctx)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        for twin in TWINS:
            if node.func.id in twin[:2] and set(twin) <= {"max", "min", "any", "all"}:
                name = ast.Name(twin[node.func.id == twin[0]], ast.Load())
                yield ast.Call(name, node.args, node.keywords)


def slice_bound(node: ast.AST, parent: ast.AST) -> Variants:
    """A slice that is open at an end, or one too long or too short; an index off by one."""
    if isinstance(node, ast.Slice):
        if node.lower:
            yield ast.Slice(None, node.upper, node.step)
        if node.upper:
            yield ast.Slice(node.lower, None, node.step)
        if node.step:
            yield ast.Slice(node.lower, node.upper, None)
        if node.upper and not _is_number(node.upper):
            for off in (ast.Add(), ast.Sub()):
                one = ast.BinOp(node.upper, off, ast.Constant(1))
                yield ast.Slice(node.lower, one, node.step)
    named = isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name)
    if named and isinstance(node.ctx, ast.Load):
        yield ast.Subscript(node.value, ast.BinOp(node.slice, ast.Sub(), ast.Constant(1)), node.ctx)


def statement_missing(node: ast.AST, parent: ast.AST) -> Variants:
    """Not a first assignment: without it the name is not there, and anything notices that."""
    if isinstance(node, ast.Expr | ast.AugAssign | ast.If | ast.Raise | ast.Break | ast.Continue):
        yield ast.Pass()
    if isinstance(node, ast.Assign) and _assigns_again(node):
        yield ast.Pass()
    if isinstance(node, ast.For):  # once instead of as often as there is something
        yield ast.For(node.target, node.iter, [*node.body, ast.Break()], node.orelse)


def result(node: ast.AST, parent: ast.AST) -> Variants:
    """Nothing returned, or two results in the wrong order."""
    if isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(None)
        if isinstance(node.value, ast.Tuple) and len(node.value.elts) > 1:
            yield ast.Return(ast.Tuple(node.value.elts[::-1], ast.Load()))


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant | ast.UnaryOp)


def _assigns_again(node: ast.Assign) -> bool:
    """It assigns to a part of something, or to a name that its own value uses."""
    names = {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}
    return any(
        isinstance(target, ast.Subscript | ast.Attribute)
        or (isinstance(target, ast.Name) and target.id in names)
        for target in node.targets
    )


MISTAKES: dict[str, Callable[[ast.AST, ast.AST], Variants]] = {
    function.__name__.replace("_", " "): function
    for function in (
        operator,
        operand_missing,
        operands_swapped,
        comparison,
        logic,
        sign,
        number,
        indices,
        argument,
        call_missing,
        other_function,
        slice_bound,
        statement_missing,
        result,
    )
}
