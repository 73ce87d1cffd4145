"""Students' Python as text: what it defines, without running it, however broken it is.

The text is hostile. Reading it never fails: where Python's parser gives up, lines are looked at.
"""

import ast
import hashlib
import re
import symtable
import warnings
from functools import lru_cache

MAGIC = re.compile(r"[%!?,;/]|[\w\s.,]+=\s*[!%]|.*\?$")
"""What IPython takes and Python does not: magics, shell lines, questions."""
MOST_MAGICS = 40
MOST_READ_AGAIN = 200_000
"""Characters: each line of IPython costs another reading of the cell."""
LONGEST_NAME = 100

_OUTLINE = re.compile(r"(?P<indent>[ \t]*)(?:async[ \t]+)?(?P<what>def|class)[ \t]+(?P<name>\w+)")
_ASSIGNED = re.compile(r"(?P<owner>\w+\.)?(?P<name>\w+)[ \t]*(?::[^=\n]*)?=(?!=)")
_IMPORT = re.compile(r"(?:from[ \t]+\S+[ \t]+)?import[ \t]+(?P<names>[^#\n]+)")


def parse(text: str) -> ast.Module | None:
    """The syntax tree; None where it is no Python."""
    tree = _parsed(text)
    return tree if isinstance(tree, ast.Module) else None


def normal(text: str) -> str:
    """Text for comparison: without what editors change at ends of lines and of the cell."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def same_code(text: str, other: str) -> bool:
    """Whether two cells say the same: in their text, or up to comments and spaces."""
    if normal(text) == normal(other):
        return True
    meaning = _meaning(text)
    return meaning is not None and meaning == _meaning(other)


def is_blank(text: str) -> bool:
    """Whether nothing is left of a cell but comments, `pass` and the like."""
    tree = parse(text)
    return not text.strip() or (
        tree is not None
        and all(
            isinstance(node, ast.Pass)
            or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
            for node in tree.body
        )
    )


@lru_cache(maxsize=256)
def without_magics(text: str) -> tuple[str, int]:
    """The text with IPython's lines as comments, at their old line numbers, and how many it were.

    Only a line at which Python's parser stops can be one: `%` may begin a line of an expression,
    and anything may stand in a string.
    """
    lines, count = text.split("\n"), 0
    for _ in range(min(MOST_MAGICS, 3 + MOST_READ_AGAIN // max(1, len(text)))):
        error = _parsed("\n".join(lines))
        if not isinstance(error, SyntaxError):
            break
        at = (error.lineno or 0) - 1
        if not 0 <= at < len(lines) or not MAGIC.match(lines[at].strip()):
            break
        go_on, lines[at] = lines[at].rstrip().endswith("\\"), _commented(lines[at])
        at, count = at + 1, count + 1
        while go_on and at < len(lines):  # the rest of it, which may be indented at will
            go_on, lines[at] = lines[at].rstrip().endswith("\\"), f"# {lines[at].lstrip()}"
            at, count = at + 1, count + 1
    return "\n".join(lines), count


def functions(text: str) -> frozenset[str]:
    """Functions, classes and methods that a cell defines at its top level.

    A method counts under the course's name for it: `LinSin_phi`, whether the class holds it or
    it is put there by `LinSin.phi = ...`.
    """
    tree = parse(text)
    return frozenset(_functions_by_line(text) if tree is None else _functions(tree))


def top_level_names(text: str) -> frozenset[str]:
    """All names that a cell binds at its top level; `*` stands for those of a star import."""
    tree = parse(text)
    names = _names_by_line(text) if tree is None else _names(text, tree)
    return frozenset(name for name in names if len(name) <= LONGEST_NAME)


def _parsed(text: str) -> ast.Module | Exception:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes in strings, for example
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
            return error


@lru_cache(maxsize=256)
def _meaning(text: str) -> bytes | None:
    """The same for texts that differ in comments and spaces; None where it cannot be told."""
    tree = parse(text)
    if tree is None:
        return None
    try:
        return hashlib.sha256(ast.dump(tree).encode("utf-8", "replace")).digest()
    except RecursionError:
        return None


def _commented(line: str) -> str:
    code = line.lstrip()
    indent = line[: len(line) - len(code)]
    return f"{indent}pass  # {code}" if indent else f"# {code}"


def _functions(tree: ast.Module) -> set[str]:
    found = set()
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                found.add(node.name)
            case ast.ClassDef():
                found.add(node.name)
                found |= {f"{node.name}_{name}" for name in _functions_of_class(node)}
            case ast.Assign():
                for target in node.targets:
                    found |= _assigned_function(target, node.value)
    return found


def _functions_of_class(node: ast.ClassDef) -> set[str]:
    return _functions(ast.Module(node.body, []))


def _assigned_function(target: ast.expr, value: ast.expr) -> set[str]:
    """Names of functions by assignment: a plain name only where the value looks like one."""
    match target:
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return {f"{owner}_{name}"}
        case ast.Name(id=name) if isinstance(value, ast.Lambda | ast.Name | ast.Attribute):
            return {name}
    return set()


def _functions_by_line(text: str) -> set[str]:
    found, owner = set(), ""
    for line in text.split("\n"):
        if match := _OUTLINE.match(line):
            if not match["indent"]:
                found.add(match["name"])
                owner = match["name"] if match["what"] == "class" else ""
            elif owner:
                found.add(f"{owner}_{match['name']}")
        elif (match := _ASSIGNED.match(line)) and match["owner"]:
            found.add(match["owner"][:-1] + "_" + match["name"])
    return found


def _names(text: str, tree: ast.Module) -> set[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            symbols = symtable.symtable(text, "cell", "exec").get_symbols()
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return _names_by_line(text)
    names = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
    imports = (node for node in tree.body if isinstance(node, ast.ImportFrom))
    return names | {"*" for node in imports if node.names[0].name == "*"}


def _names_by_line(text: str) -> set[str]:
    names = set()
    for line in text.split("\n"):
        if match := _OUTLINE.match(line):
            if not match["indent"]:
                names.add(match["name"])
        elif match := _IMPORT.match(line):
            words = [part.split() for part in match["names"].strip("() ").split(",")]
            names |= {word[-1].split(".")[0] for word in words if word}
        elif (match := _ASSIGNED.match(line)) and not match["owner"]:
            names.add(match["name"])
    return names
