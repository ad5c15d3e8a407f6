"""The official workbook of a release of the Ukraine Support Tracker, read into months and totals of aid.

Only sheets and columns whose names have stayed from release to release are read. What is counted as the institute does:
allocated is the sub-activities' raw value over the rows of allocations, committed the activities' value over all rows;
month 0 is no month; corrections downwards stay.
"""

import calendar
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from two_shields.text.progress import progress

MAIN, SUMMARY = "Bilateral Assistance, MAIN DATA", "Country Summary (€)"
VALUE, COMMITTED = "tot_sub_activity_value_EUR", "tot_activity_value_EUR"
COLUMNS = ("donor", "aid_type_general", "measure", "month", COMMITTED, VALUE)
KINDS = ("military", "financial", "humanitarian")
#: The institute's names, where they are not the record's.
CALLED = {
    "Czech Republic": "CZE",
    "EU (Commission and Council)": "EUU",
    "European Investment Bank": "EUU",
    "European Peace Facility": "EUU",
    "Korea, Republic of": "KOR",
    "Turkey": "TUR",
    "Turkiye": "TUR",
}
#: A missing value is a single dot.
MISSING = (None, "", ".")
#: How far the rows may be from the summary, and whom the summary is known to give otherwise.
NEAR_EUR = 1e6
SUMMARY_IS_KNOWN_TO_DIFFER = {"SVN": "the summary leaves out one undated row of €6.6 million"}
FEWEST_DONORS = 20


class Refused(Exception):
    """The workbook cannot be taken up; `problems` says why, one line each."""

    def __init__(self, problems: Iterable[str]):
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Release:
    """A release as the record takes it up: amounts in euros, keyed by donor, month (blank: none) and kind."""

    number: int
    months: Mapping[tuple[str, str, str], int]
    committed: Mapping[str, int]
    warnings: tuple[str, ...]

    @property
    def allocated(self) -> Mapping[tuple[str, str], int]:
        """Sums by donor and kind, undated money in them."""
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for (donor, _, kind), amount in self.months.items():
            sums[donor, kind] += amount
        return dict(sums)

    @property
    def last_day(self) -> str:
        """The last day of the last month that the release has."""
        year, month = map(int, max(month for _, month, _ in self.months).split("-"))
        return f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}"


def release_number(path: Path) -> int:
    """`…_Release_30v2.xlsx` is Release 30."""
    found = re.search(r"release[\s_-]*(\d+)", path.name, re.IGNORECASE)
    if not found:
        raise Refused([f"{path.name}: the name does not say which release it is, as in …_Release_30.xlsx"])
    return int(found[1])


def read(path: Path, codes: Mapping[str, str], *, near: float = NEAR_EUR) -> Release:
    """The release in a workbook; `codes` has ISO3 codes by the record's names. Raises `Refused`."""
    number = release_number(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, zipfile.BadZipFile, InvalidFileException, KeyError) as error:
        raise Refused([f"{path.name} is no workbook that can be read: {error}"]) from error
    try:
        missing = [f"the sheet `{name}` is not there" for name in (MAIN, SUMMARY) if name not in book.sheetnames]
        if missing:
            raise Refused(missing)
        months, committed = _main(book[MAIN], codes | CALLED)
        published = _summary(book[SUMMARY], codes | CALLED)
    finally:
        book.close()
    release = Release(number, months, committed, ())
    return Release(number, months, committed, _compared(release, published, near))


def _main(sheet: Any, codes: Mapping[str, str]) -> tuple[dict[tuple[str, str, str], int], dict[str, int]]:
    rows = sheet.iter_rows(values_only=True)
    places = {str(name).strip(): place for place, name in enumerate(next(rows, ())) if name is not None}
    missing = [f"{MAIN}: the column `{name}` is not there" for name in COLUMNS if name not in places]
    if missing:
        raise Refused(missing)
    months: dict[tuple[str, str, str], float] = defaultdict(float)
    committed: dict[str, float] = defaultdict(float)
    problems: list[str] = []
    shown = progress(rows, "Rows", (sheet.max_row or 1) - 1)
    for line, cells in enumerate(shown, start=2):
        row = {name: cells[place] if place < len(cells) else None for name, place in places.items() if name in COLUMNS}
        if all(value in MISSING for value in row.values()):
            continue
        faults = list(_faults(row, codes))
        problems += [f"{MAIN}, row {line}, {fault}" for fault in faults]
        if faults:
            continue
        donor = codes[_text(row["donor"])]
        committed[donor] += _number(row[COMMITTED]) or 0
        value = _number(row[VALUE])
        if _text(row["measure"]) == "Allocation" and value:
            months[donor, _month(int(row["month"])), _text(row["aid_type_general"]).lower()] += value
    if problems:
        raise Refused(problems)
    booked = {key: round(amount) for key, amount in sorted(months.items()) if round(amount)}
    if len({donor for donor, _, _ in booked}) < FEWEST_DONORS:
        raise Refused([f"{MAIN}: fewer than {FEWEST_DONORS} donors; is the file cut off?"])
    return booked, {donor: round(amount) for donor, amount in sorted(committed.items())}


def _faults(row: Mapping[str, Any], codes: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a row, each with its column."""
    allocation = _text(row["measure"]) == "Allocation"
    if _text(row["donor"]) not in codes:
        yield f"donor: `{row['donor']}` is not known"
    if _text(row["aid_type_general"]).lower() not in KINDS:
        yield f"aid_type_general: `{row['aid_type_general']}` is no kind that is known"
    if not allocation and _text(row["measure"]) != "Commitment":
        yield f"measure: `{row['measure']}` is neither Allocation nor Commitment"
    for name in (VALUE, COMMITTED):
        if row[name] not in MISSING and _number(row[name]) is None:
            yield f"{name}: `{row[name]}` is no number"
    month = _number(row["month"])
    if allocation and (month is None or month < 0 or month != int(month)):
        yield f"month: `{row['month']}` is no count of months from January 2022"


def _text(cell: Any) -> str:
    return str(cell).strip() if cell is not None else ""


def _number(cell: Any) -> float | None:
    """A number, also one that was typed as text with commas; `None` for what is missing or is none."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    try:
        return float(_text(cell).replace(",", ""))
    except ValueError:
        return None


def _month(count: int) -> str:
    """1 is January 2022; 0 is no month."""
    return f"{2022 + (count - 1) // 12}-{(count - 1) % 12 + 1:02}" if count else ""


def _summary(sheet: Any, codes: Mapping[str, str]) -> dict[tuple[str, str], float]:
    """Allocations and commitments as the summary has them, in euros, by donor and header."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    at = next((place for place, row in enumerate(rows) if "Country" in map(_text, row)), None)
    if at is None or at + 1 == len(rows):
        raise Refused([f"{SUMMARY}: no row has the header `Country`"])
    headers = list(zip(map(_text, rows[at]), map(_text, rows[at + 1]), strict=False))
    wanted = [f"{kind.title()} allocations" for kind in KINDS] + ["Total bilateral commitments"]
    missing = [name for name in wanted if (name, "€ billion") not in headers]
    if missing:
        raise Refused([f"{SUMMARY}: the column `{name}` in € billion is not there" for name in missing])
    found: dict[tuple[str, str], float] = {}
    name_at = [header for header, _ in headers].index("Country")
    for row in rows[at + 2 :]:
        country = _text(row[name_at])
        if country == "Total":
            break
        if country in codes:
            found |= {
                (codes[country], name): (_number(row[headers.index((name, "€ billion"))]) or 0) * 1e9 for name in wanted
            }
    return found


def _compared(release: Release, published: Mapping[tuple[str, str], float], near: float) -> tuple[str, ...]:
    """What the rows add up to against the summary: known differences are told, others refused."""
    own: dict[tuple[str, str], float] = {
        (donor, f"{kind.title()} allocations"): amount for (donor, kind), amount in release.allocated.items()
    } | {(donor, "Total bilateral commitments"): amount for donor, amount in release.committed.items()}
    known, unknown = [], []
    for donor, name in sorted(own.keys() | published.keys()):
        rows, summary = own.get((donor, name), 0.0), published.get((donor, name), 0.0)
        if abs(rows - summary) <= near:
            continue
        words = f"{donor}, {name}: the rows add up to {rows / 1e6:,.3f}, the summary has {summary / 1e6:,.3f} € million"
        reason = SUMMARY_IS_KNOWN_TO_DIFFER.get(donor)
        (known if reason else unknown).append(f"{words} ({reason})" if reason else words)
    if unknown:
        raise Refused(unknown)
    return tuple(known)
