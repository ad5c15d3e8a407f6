"""Dates as precise as they are known: `2022`, `2022-10`, `2022-10-13`, or blank."""

import calendar
import re
from datetime import date
from functools import lru_cache

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
#: Python's own names are those of the machine's language, once anything in the process has set it.
_MONTHS = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@lru_cache(maxsize=8192)
def span(text: str) -> tuple[date, date]:
    """The first and the last day that a date can mean: a year, a month, or one day twice.

    Raises `ValueError` where the text is no ISO date of that form, or no day of the calendar.
    """
    match = _ISO.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in match.groups())
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def is_date(text: str) -> bool:
    try:
        span(text)
    except ValueError:
        return False
    return True


def earliest(text: str) -> date:
    return span(text)[0]


def latest(text: str) -> date:
    """The last day that the date can mean: by then it has surely happened."""
    return span(text)[1]


def agrees(longer: str, shorter: str) -> bool:
    """Whether `shorter` says nothing that `longer` does not: `2022-10` agrees with `2022-10-13`."""
    return longer == shorter or longer.startswith(shorter + "-")


def when(text: str) -> str:
    """The date after a verb: `on 13 October 2022`, `in October 2022`, `in 2022`; blank without one."""
    return f"{'on' if len(text) == 10 else 'in'} {words(text)}" if text else ""


def period(start: str, end: str, as_of: str = "") -> str:
    """The days that an amount covers: `1 March 2022 to April 2026`, `to April 2026`; else when it was reported."""
    if start and end:
        return f"{words(start)} to {words(end)}"
    if start or end:
        return f"to {words(end)}" if end else f"from {words(start)}"
    return f"reported {when(as_of)}, period not stated" if as_of else "period not stated"


def whole_year(start: str, end: str) -> str:
    """`2025` where the dates are the first and the last of that year; blank for any others."""
    is_whole = start and end and (earliest(start), latest(end)) == span(start[:4])
    return start[:4] if is_whole else ""


def based(day: str, basis: str) -> str:
    """The date in words with its basis: `October 2022 (inferred)`; blank for none."""
    return words(day, blank="") + (" (inferred)" if day and basis == "inferred" else "")


def known(when: str, from_publication: bool) -> str:
    """A date in words; `by 2023` where only a source's publication tells that it had happened; blank for none."""
    return f"by {words(when)}" if when and from_publication else words(when, blank="")


def short(text: str) -> str:
    """`13 Oct 2022`, `Oct 2023`, `2022`: a date as a label has it."""
    *parts, year = words(text).split()
    return " ".join([*(part[:3] for part in parts), year])


def words(text: str, *, blank: str = "date not given") -> str:
    """The date for people: `13 October 2022`, `October 2022`, `2022`."""
    if not text:
        return blank
    first, last = span(text)
    if first == last:
        return f"{first.day} {_MONTHS[first.month]} {first.year}"
    if first.month == last.month:
        return f"{_MONTHS[first.month]} {first.year}"
    return str(first.year)
