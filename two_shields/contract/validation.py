"""The contract's checks: all faults of the tables at once, each with its place and its mend.

Run as `python -m two_shields.contract.validation`; `make check-data` does.
"""

import argparse
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path

import pandas as pd

from two_shields.contract import geometry
from two_shields.contract.articles import check_against
from two_shields.contract.csv_text import LONGEST_CELL, PLAIN, nothing, read_text
from two_shields.contract.fault import Fault
from two_shields.contract.rules import RULES, is_number, unsound
from two_shields.contract.schema import TABLE_BY_NAME, TABLES
from two_shields.contract.snapshot import Snapshot
from two_shields.contract.table import Column, Table
from two_shields.text import dates

#: The years that a date of the record can lie in; outside them it is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1900, 2100


def check(source: Path | Snapshot, articles: Path | None = None) -> list[Fault]:
    """All faults of the tables of a folder or snapshot, sorted by place.

    With the folder of the articles at hand, their digests, paragraphs and numbers are checked too.
    """
    snapshot = source if isinstance(source, Snapshot) else Snapshot.take(source)
    tables: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for table in TABLES:
        file = f"{table.name}.csv"
        if file in snapshot.unread:
            tables[table.name] = nothing(table)
            faults.append(snapshot.unread[file])
        else:
            tables[table.name], found = read_and_checked(table.name, snapshot.contents[file])
            faults += found
    for rule in RULES:
        faults += rule(tables)
    if articles is not None:
        faults += check_against(articles, tables)
    return sorted(set(faults))


# One table at a time.


@lru_cache(maxsize=2 * len(TABLES))
def read_and_checked(name: str, content: bytes) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    """A table as text, and the faults that show without the others; kept, as most files stay when one changes."""
    table = TABLE_BY_NAME[name]
    rows, broken = read_text(content, table)
    return rows, (*broken, *_check_columns(rows, table))


def _check_columns(rows: pd.DataFrame, table: Table) -> Iterator[Fault]:
    fault = partial(Fault, f"{table.name}.csv")
    for column in table.columns:
        cells, tests = rows[column.name], list(_cell_tests(column))
        for line, cell in unsound(cells, lambda cell, tests=tests: all(test(cell) for test, _ in tests)):
            yield from (fault(line, column.name, cell, expected) for test, expected in tests if not test(cell))
        for line, cell in cells[cells.duplicated(keep=False) & (cells != "")].items() if column.unique else ():
            yield fault(line, column.name, cell, f"each row to differ in {column.name}")
    if len(table.key) > 1:
        key = ", ".join(table.key)
        alike = rows.loc[rows.duplicated(list(table.key), keep=False), list(table.key)]
        for line, *cells in alike.itertuples(name=None):
            yield from (fault(line, key, cell, f"each row to differ in {key}") for cell in cells)


def _cell_tests(column: Column) -> Iterator[tuple[Callable[[str], bool], str]]:
    """The tests for a cell, or for each item of a list; a blank cell need not pass those for what it says."""
    if column.required:
        yield bool, "a value: the cell may not be blank"
    for test, expected in _item_tests(column):
        if column.type == "list":
            yield lambda cell, test=test: not cell or all(test(item) for item in cell.split(";")), expected
        else:
            yield lambda cell, test=test: not cell or test(cell), expected
    if column.type == "list":
        yield lambda cell: len(set(cell.split(";"))) == len(cell.split(";")), "items that differ from each other"


def _item_tests(column: Column) -> Iterator[tuple[Callable[[str], bool], str]]:
    yield _is_plain, PLAIN
    if column.type in ("string", "list", "url"):
        yield _is_no_formula, "text that no spreadsheet takes for a formula: not beginning with =, +, - or @"
    match column.type:
        case "date":
            yield dates.is_date, "an ISO date, as long as it is sure: YYYY, YYYY-MM or YYYY-MM-DD"
            yield _is_of_these_times, f"a year from {FIRST_YEAR} to {LAST_YEAR}"
        case "integer":
            yield re.compile(r"-?[0-9]+").fullmatch, "a whole number"
            yield _is_short_number, SHORT_NUMBER
        case "number":
            yield re.compile(r"-?[0-9]+(\.[0-9]+)?").fullmatch, "a plain number, without separators or units"
            yield _is_short_number, SHORT_NUMBER
        case "boolean":
            yield lambda cell: cell in ("true", "false"), "true or false"
        case "url":
            yield re.compile(r"https?://[^\s<>\"]+").fullmatch, "an http or https address"
        case "list":
            yield bool, "items between semicolons, none of them blank"
    if column.pattern:
        yield re.compile(column.pattern, re.ASCII).fullmatch, f"the form {column.pattern}"
    if column.enum:
        yield lambda item: item in column.enum, f"one of {', '.join(column.enum)}"
    if column.minimum is not None:
        yield lambda cell: not is_number(cell) or float(cell) >= column.minimum, f"at least {column.minimum:g}"
    if column.maximum is not None:
        yield lambda cell: not is_number(cell) or float(cell) <= column.maximum, f"at most {column.maximum:g}"


def _is_plain(cell: str) -> bool:
    return (
        cell == cell.strip()
        and len(cell) <= LONGEST_CELL
        and (cell.isprintable() or not any(unicodedata.category(character) in ("Cc", "Cf") for character in cell))
    )


def _is_no_formula(cell: str) -> bool:
    return not cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))  # the wide ones count in East Asia


def _is_of_these_times(cell: str) -> bool:
    return not dates.is_date(cell) or FIRST_YEAR <= int(cell[:4]) <= LAST_YEAR


#: What a number of 64 bits holds without loss.
SHORT_NUMBER = "at most 15 digits, and 6 after the point"


def _is_short_number(cell: str) -> bool:
    digits = re.fullmatch(r"-?([0-9]+)(?:\.([0-9]+))?", cell)
    return digits is None or (len(digits[1]) <= 15 and len(digits[2] or "") <= 6)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m two_shields.contract.validation", description="Check the record's tables."
    )
    parser.add_argument("--data", type=Path, default=Path("data"), help="the folder of the tables")
    parser.add_argument("--articles", type=Path, help="the folder of the articles' files, where it is at hand")
    options = parser.parse_args(arguments)
    articles = options.articles if options.articles and options.articles.is_dir() else None
    snapshot = Snapshot.take(options.data)
    faults = sorted([*check(snapshot, articles), *geometry.of(snapshot)[1]])
    for fault in faults:
        print(fault)
    against = "and against the articles" if articles else "without the articles at hand"
    print(f"{len(faults)} faults in {len(TABLES)} tables, checked by the schema {against}.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
