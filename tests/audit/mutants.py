"""Mutants of a solution: its text with one small mistake, of the kinds that people make.

Known tools for this (cosmic-ray, mutmut) change operators and numbers. The mistakes of this course
are also a transpose left out, another axis, swapped arguments, a missing factor, an index off by
one: they stand in `mistakes`. Only what stands between BEGIN and END SOLUTION is changed.
"""

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.audit.mistakes import MISTAKES

REGION = re.compile(r"### BEGIN SOLUTION$(.*?)### END SOLUTION", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Mutant:
    """A solution with one mistake."""

    mistake: str
    """Its kind, such as "operands swapped"."""
    before: str
    """The line that is changed, in the form that `ast.unparse` gives it."""
    after: str
    """What stands there instead; empty if the line is gone."""
    source: str
    """The whole cell."""

    @property
    def key(self) -> tuple[str, str]:
        """What the list of equivalent mutants knows it by: no line number, which would move."""
        return self.before, self.after

    def __str__(self) -> str:
        return f"{self.mistake}: {self.before!r} -> {self.after!r}"


def mutants(source: str) -> list[Mutant]:
    """All mutants of an answer cell, each text once; ValueError where there is no solution."""
    lines = _solution_lines(source)
    tree = ast.parse(source)
    original = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for place in list(_places(tree)):
        if getattr(place.node, "lineno", None) not in lines:
            continue
        for mistake, variants in MISTAKES.items():
            for variant in variants(place.node, place.parent):
                text = place.unparsed_with(tree, variant)
                if text != original and text not in found and _parses(text):
                    found[text] = Mutant(mistake, *_changed(original, text), text)
    return list(found.values())


@dataclass(frozen=True)
class _Place:
    """Where a node hangs in its tree."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST

    def unparsed_with(self, tree: ast.AST, variant: ast.AST) -> str:
        """The tree's text with another node here; the tree stays as it is."""
        self._set(variant)
        try:
            return ast.unparse(ast.fix_missing_locations(tree))
        finally:
            self._set(self.node)

    def _set(self, node: Any) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _places(parent: ast.AST) -> Iterator[_Place]:
    """All nodes below, in the order of the text, but none in what is raised or in a docstring."""
    for field, value in ast.iter_fields(parent):
        several = isinstance(value, list)
        for index, node in enumerate(value if several else [value]):
            if not isinstance(node, ast.AST) or _is_text(node):
                continue
            yield _Place(parent, field, index if several else None, node)
            if not isinstance(node, ast.Raise):
                yield from _places(node)


def _is_text(node: ast.AST) -> bool:
    """A docstring, or a text with values in it: a message for a person."""
    if isinstance(node, ast.Expr):
        node = node.value
        return isinstance(node, ast.Constant) and isinstance(node.value, str)
    return isinstance(node, ast.JoinedStr)


def _solution_lines(source: str) -> set[int]:
    lines: set[int] = set()
    for match in REGION.finditer(source):
        first, last = (source.count("\n", 0, place) + 1 for place in match.span())
        lines |= set(range(first, last + 1))
    if not lines:
        raise ValueError("no ### BEGIN SOLUTION in this cell: nothing to mutate")
    return lines


def _parses(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            compile(text, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _changed(old: str, new: str) -> tuple[str, str]:
    """The lines in which two texts differ, without the ones that they share at both ends.

    Where a line is only put in, the one before it says where.
    """
    a, b = old.splitlines(), new.splitlines()
    before = ""
    while a and b and a[0] == b[0]:
        before = a.pop(0)
        del b[0]
    while a and b and a[-1] == b[-1]:
        del a[-1], b[-1]
    if not a:
        a, b = [before], [before, *b]
    return _stripped(a), _stripped(b)


def _stripped(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines)
