"""`pytest --faults`: the scoreboard of attacks, accidents and honest mistakes.

Tests marked `fault(section, outcome, of=class)` are its cases: by default they run among others.
With the option they run alone, and a table says of each whether it was held. A case's name is the
id of its parameters where these are marked, else the test's name in words. The classes stand in
`faults.toml`, each with the outcomes it allows; where all tests are asked for, a class without a
case fails the run.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from itertools import groupby
from pathlib import Path

import pytest

CLASSES: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("faults.toml").read_text("utf-8")
)
"""Sections, their classes, and the outcomes each may have."""
KEY = "fault"
"""Of the property by which a case travels with its reports, from xdist's workers too."""


@dataclass(frozen=True)
class Case:
    """One line of the scoreboard."""

    section: str
    of: str
    """Its class."""
    name: str
    outcome: str


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--faults", action="store_true", help="run the cases of faults, show a table")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--faults"):
        config.pluginmanager.register(Scoreboard(config), "scoreboard-shown")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give each case its property; with the option leave the other tests out."""
    others = []
    for item in items:
        if case := _case_of(item):
            item.user_properties.append((KEY, list(astuple(case))))
        else:
            others.append(item)
    if config.getoption("--faults"):
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in set(others)]


def _case_of(item: pytest.Item) -> Case | None:
    mark = item.get_closest_marker("fault")
    if mark is None:
        return None
    case = Case(name=_name(item), **_fields(item, *mark.args, **mark.kwargs))
    known = CLASSES.get(case.section, {}).get(case.of, "").split()
    if case.outcome not in known:
        where = f"{item.nodeid}: {case.section!r}, {case.of!r}, {case.outcome!r}"
        raise pytest.UsageError(f"{where}: no such class or outcome in tests/faults.toml")
    return case


def _fields(item: pytest.Item, section: str, outcome: str, of: str = "") -> dict[str, str]:
    """What a mark says. A case whose class has the same name need not say it."""
    return {"section": section, "outcome": outcome, "of": of or _name(item)}


def _name(item: pytest.Item) -> str:
    """The id of a case of a table; else the test's name in words, with its parameters."""
    callspec = getattr(item, "callspec", None)
    if callspec and any(mark.name == "fault" for mark in callspec.marks):
        return callspec.id
    words, bracket, parameters = item.name.removeprefix("test_").partition("[")
    return words.replace("_", " ") + bracket + parameters


class Scoreboard:
    """What the option adds: a table at the end, and a status for it."""

    def __init__(self, config: pytest.Config) -> None:
        self.whole = config.args_source == config.ArgsSource.TESTPATHS and not config.option.keyword
        self.cases: dict[str, Case] = {}
        self.held: dict[str, bool] = {}
        """By the test's address, as two may have the same name."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if session.config.option.collectonly:
            self.cases = {item.nodeid: _case(item.user_properties) for item in session.items}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Held is what ran and went well, before and afterwards too."""
        self.cases[report.nodeid] = _case(report.user_properties)
        self.held[report.nodeid] = self.held.get(report.nodeid, True) and report.passed

    def missing(self) -> list[str]:
        """Classes without a case."""
        seen = {(case.section, case.of) for case in self.cases.values()}
        pairs = [(section, of) for section, classes in CLASSES.items() for of in classes]
        return [f"{s}: {of}" for s, of in pairs if (s, of) not in seen] if self.whole else []

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        is_worker = hasattr(session.config, "workerinput")
        if not is_worker and session.exitstatus == 0 and self.missing():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not terminalreporter.config.option.collectonly:
            terminalreporter.section("faults")
            for line in self.lines():
                terminalreporter.line(line)
        for missing in self.missing():
            terminalreporter.line(f"no case of {missing}")

    def lines(self) -> Iterator[str]:
        order = {section: i for i, section in enumerate(CLASSES)}
        cases = [(case, self.held[address]) for address, case in sorted(self.cases.items())]
        cases.sort(key=lambda pair: order[pair[0].section])  # stable: files stay together
        width = max((len(case.name) for case, _ in cases), default=0)
        for section, group in groupby(cases, key=lambda pair: pair[0].section):
            of_it = list(group)
            yield f"\n{section}"
            for case, held in of_it:
                yield f"  {case.name:{width}}  {case.outcome:7} {'held' if held else 'not held'}"
            yield f"  {sum(held for _, held in of_it)} of {len(of_it)} held"
        yield f"\n{sum(self.held.values())} of {len(cases)} held"


def _case(properties: list[tuple[str, object]]) -> Case:
    return Case(*dict(properties)[KEY])  # type: ignore[misc]
