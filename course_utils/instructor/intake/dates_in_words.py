"""A date as Moodle writes it for people, in the language of whoever downloads: in words.

    Tuesday, 24 November 2026, 11:30 PM
    Wednesday, September 23, 2020, 9:00 PM
    mardi 24 novembre 2026, 23:30

Its format is a string of each language (`strftimedaydatetime`), so the parts are found by what they
are, and the names of months and days are those of Unicode's CLDR. A month's name may be another
month in another language; the day of the week, in the same language, has to agree with the date.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache

import babel
from babel import localedata

TIME = re.compile(
    r"(?P<day>.*\D)(?P<hour>[0-9]{1,2})\s?[:.h]\s?(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?",
    re.DOTALL,
)
NUMBER = re.compile(r"[0-9]+")
LONGEST = 100


def parse(text: str) -> datetime:
    """The local time that is meant; ValueError if that is none, or cannot be told."""
    match = TIME.fullmatch(" ".join(text.split())) if len(text) <= LONGEST else None
    numbers = sorted(NUMBER.findall(match["day"]), key=len) if match else []
    if match is None or [len(number) > 2 for number in numbers] != [False, True]:
        raise ValueError("not a time that can be read")
    hour, half = int(match["hour"]), match["half"]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(f"there is no {hour} o'clock {half}")
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    clock = time(hour, int(match["minute"]), int(match["second"] or 0))
    day, year = map(int, numbers)
    words = match["day"].casefold()
    # English first: to read the names of all languages takes a second.
    found = set(_dates(words, year, day, ("en",))) or set(_dates(words, year, day, _languages()))
    if len(found) != 1:
        raise ValueError("its month and day of the week are no date in any one language")
    return datetime.combine(found.pop(), clock)


def _dates(words: str, year: int, day: int, languages: tuple[str, ...]) -> Iterator[date]:
    """The date in each language in which words name a month and the date's day of the week."""
    for language in languages:
        months, days = _names(language)
        for number in _held(words, months):
            try:
                found = date(year, number, day)
            except ValueError:
                continue
            if found.weekday() in _held(words, days):
                yield found


def _held(words: str, names: tuple[tuple[int, str], ...]) -> set[int]:
    return {
        number
        for number, name in names
        if name in words and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)
    }


@cache
def _languages() -> tuple[str, ...]:
    return tuple(name for name in localedata.locale_identifiers() if "_" not in name)


@cache
def _names(language: str) -> tuple[tuple[tuple[int, str], ...], tuple[tuple[int, str], ...]]:
    """The language's names of months, 1 to 12, and of days, 0 for Monday."""
    locale = babel.Locale(language)
    tables = []
    for kinds in (locale.months, locale.days):
        whole = {
            (number, name.casefold())
            for use in ("format", "stand-alone")
            for number, name in kinds[use]["wide"].items()
            if not name.isdecimal()
        }
        tables.append(tuple(sorted(whole)))
    return tables[0], tables[1]
