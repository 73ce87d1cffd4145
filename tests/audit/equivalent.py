"""The list of mutants that no check can catch, each with its reason: `equivalent.toml`."""

import tomllib
from pathlib import Path

from tests import bank

EQUIVALENT = Path(__file__).parent / "equivalent.toml"


def read_equivalent(path: Path = EQUIVALENT) -> dict[str, dict[tuple[str, str], str]]:
    """The list of equivalent mutants: "assignment.answer" -> (before, after) -> the reason.

    ValueError for an entry that lacks a part, stands twice, or belongs to no answer.
    """
    known: dict[str, dict[tuple[str, str], str]] = {}
    there = {
        f"{name}.{cell.name}"
        for name in bank.EXERCISES
        for cell in bank.load(name).cells
        if cell.role == "exercise"
    }
    for answer, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if answer not in there:
            raise ValueError(f"{path}: {answer!r} is no answer: mend or remove its entries")
        known[answer] = {}
        for entry in entries:
            if set(entry) != {"before", "after", "why"} or not entry["why"].strip():
                raise ValueError(f"{path}: {answer}: {entry}: give before, after and why")
            key = entry["before"], entry["after"]
            if key in known[answer]:
                raise ValueError(f"{path}: {answer}: {key} stands twice: remove one")
            known[answer][key] = entry["why"]
    return known
