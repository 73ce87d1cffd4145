"""The command `course`: parse, one call, print."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from course_utils import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command: 0 if all went well, 1 if a check failed, 2 for an error (one line)."""
    arguments = _parser().parse_args(argv)
    try:
        return arguments.run(arguments)
    except ModuleNotFoundError as error:
        remedy = "pip install 'course-utils[instructor]'"
        print(f"course: {error.name} is missing: {remedy}", file=sys.stderr)
        return 2
    except (ValueError, OSError) as error:
        print(f"course: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="course", description="The course's commands for staff.")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--root", type=Path, default=Path(), help="the course's folder [.]")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    notebooks = commands.add_parser("notebooks", help="generate solution and student notebooks")
    notebooks.add_argument("--check", action="store_true", help="write nothing; 1 if any is stale")
    notebooks.set_defaults(run=_notebooks)

    site = commands.add_parser("site", help="build the site into _build/html")
    site.set_defaults(run=_site)

    serve = commands.add_parser("serve", help="serve the built site on this machine")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)
    return parser


def _course(arguments: argparse.Namespace) -> Path:
    root = arguments.root
    if not (root / "solutions").is_dir():
        raise ValueError(
            f"no solutions/ in {str(root)!r}: run it in the course's folder, or --root"
        )
    return root


def _notebooks(arguments: argparse.Namespace) -> int:
    from course_utils.instructor import notebooks

    root = _course(arguments)
    files = notebooks.generate(root)
    problems = [
        f"{p}: no source generates it; move it away" for p in notebooks.orphans(root, files)
    ]
    if arguments.check:
        problems += [
            f"{file.path}: stale or edited by hand; mend it: course notebooks"
            for file in files
            if file.is_stale()
        ]
    else:
        for path in notebooks.write(files):
            print(f"wrote {path}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _site(arguments: argparse.Namespace) -> int:
    from course_utils.instructor import book

    return book.build(_course(arguments))


def _serve(arguments: argparse.Namespace) -> int:
    from course_utils.instructor import book

    return book.serve(_course(arguments), port=arguments.port)
