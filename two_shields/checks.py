"""The contract's checks: all faults of the tables at once, each with its place and its mend.

Run as `python -m two_shields.checks`; `make check-data` does.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from two_shields import dates, geometry
from two_shields.articles import check_against
from two_shields.fault import SHOWN_OF_VALUE, Fault
from two_shields.schema import DELETED, EU_INSTITUTIONS, PROMISED_IDS, TABLE_BY_NAME, TABLES, Column, Table
from two_shields.snapshot import Snapshot

LONGEST_CELL = 2_000
#: The years that a date of the record can lie in; outside them it is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1900, 2100
#: Tables that may have no row at all.
MAY_BE_EMPTY = ("conflicts", "corrections", "left_out")
#: Dates of what has happened, which cannot lie after the newest source.
HAPPENED: Mapping[str, tuple[str, ...]] = {
    "countries": ("nato_since", "eu_since"),
    "memberships": ("date",),
    "aid": ("as_of",),
    "aid_monthly": ("month",),
}


PLAIN = f"one line of plain text, at most {LONGEST_CELL:,} characters, no space at its ends"
QUOTES = "quotes in pairs, doubled inside a quoted cell"


def check(source: Path | Snapshot, articles: Path | None = None) -> list[Fault]:
    """All faults of the tables of a folder or snapshot, sorted by place.

    With the folder of the articles at hand, their digests, paragraphs and numbers are checked too.
    """
    snapshot = source if isinstance(source, Snapshot) else Snapshot.take(source)
    tables: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for table in TABLES:
        rows, broken = read_table(snapshot, table)
        faults += [*broken, *_check_columns(rows, table)]
        tables[table.name] = rows
    for rule in RULES:
        faults += rule(tables)
    if articles is not None:
        faults += check_against(articles, tables)
    return sorted(set(faults))


def read_table(snapshot: Snapshot, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    """A table of a snapshot, as `read_text` gives it."""
    file = f"{table.name}.csv"
    if file in snapshot.unread:
        return _nothing(table), [snapshot.unread[file]]
    return read_text(snapshot.contents[file], table)


def read_text(content: bytes, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    """A table as text, indexed by the line that each row starts on; or no rows, and why not."""
    file = f"{table.name}.csv"

    def unreadable(value: str, expected: str, line: int = 0, column: str = "") -> tuple[pd.DataFrame, list[Fault]]:
        return _nothing(table), [Fault(file, line, column, value, expected)]

    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return unreadable(
            repr(error.object[error.start : error.end]), f"UTF-8 text at byte {error.start}: save it as UTF-8", line
        )
    if text.startswith("\ufeff"):
        return unreadable("\ufeff", "UTF-8 text without a byte order mark", 1, table.column_names[0])
    if line := _odd_line_end(text):
        return unreadable("\r", "lines that all end alike, in LF or in CR LF", line)
    lines = io.StringIO(text, newline="").readlines()
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(lines, strict=True)
    rows, starts, faults = [], [], []
    start = 1
    try:
        header = tuple(next(reader, ()))
        if header != table.column_names:
            return unreadable(_short(",".join(header)), _header_expected(header, table), line=1)
        start = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(header):
                expected = f"{len(header)} cells, not {len(cells)}"
                faults.append(Fault(file, start, "", _short(",".join(cells)), expected))
            else:
                column = _stray_quote("".join(lines[start - 1 : reader.line_num]), header)
                faults += [Fault(file, start, column, _short(cells[header.index(column)]), QUOTES)] if column else []
                faults += [
                    Fault(file, start, name, _short(cell), PLAIN)
                    for name, cell in zip(header, cells, strict=True)
                    if len(cell) > LONGEST_CELL
                ]
                # A cell that is too long has its fault; the other checks need not read all of it.
                rows.append([cell if len(cell) <= LONGEST_CELL else _short(cell).rstrip(";") for cell in cells])
                starts.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        column = _stray_quote("".join(lines[start - 1 :]), table.column_names)
        return unreadable(str(error), QUOTES, start, column)
    if not text.endswith("\n"):
        faults.append(Fault(file, len(lines), "", _short(lines[-1]), "a line end after the last row: is it cut off?"))
    if not rows and not faults and table.name not in MAY_BE_EMPTY:
        faults.append(Fault(file, 1, "", "", "at least one row below the header"))
    return pd.DataFrame(rows, columns=list(header), index=starts, dtype=str), faults


def _nothing(table: Table) -> pd.DataFrame:
    """The rows of a table that cannot be read. What refers to them is no fault of its own."""
    rows = pd.DataFrame(columns=list(table.column_names), dtype=str)
    rows.attrs["unread"] = True
    return rows


def _header_expected(header: tuple[str, ...], table: Table) -> str:
    missing = ", ".join(name for name in table.column_names if name not in header)
    extra = ", ".join(name for name in dict.fromkeys(header) if name not in table.column_names)
    twice = ", ".join(name for name in dict.fromkeys(header) if header.count(name) > 1 and name in table.column_names)
    words = (("missing", missing), ("not known", _short(extra)), ("twice", twice))
    problem = "; ".join(f"{what}: {names}" for what, names in words if names)
    return f"the header {','.join(table.column_names)} ({problem or 'in this order'})"


def _odd_line_end(text: str) -> int:
    """The first line that does not end as the first one does; 0 where all end alike."""
    returns, both, feeds = text.count("\r"), text.count("\r\n"), text.count("\n")
    if returns == both and both in (0, feeds):
        return 0
    first = text.find("\n")
    odd = r"\r(?!\n)|(?<!\r)\n" if text[first - 1 : first] == "\r" else r"\r"
    return text.count("\n", 0, re.search(odd, text).start()) + 1


_CELL = re.compile(r'(?:"(?:[^"]++|"")*+"|[^",\r\n]*+)(?=[,\r\n]|\Z)')


def _stray_quote(row: str, header: tuple[str, ...]) -> str:
    """The column in which a row has a quote where RFC 4180 allows none; blank where it has none such.

    Python's reader takes a quote in the middle of a bare cell for text (3.11); other readers do not.
    """
    if '"' not in row:
        return ""
    place = 0
    for column in header:
        cell = _CELL.match(row, place)
        if cell is None:
            return column
        place = cell.end() + 1
    return ""


def _short(text: str) -> str:
    """As much of a text as a fault shows."""
    return text if len(text) <= SHOWN_OF_VALUE else text[: SHOWN_OF_VALUE + 1]


# One table at a time: pandera, with a schema made from ours.


def _check_columns(rows: pd.DataFrame, table: Table) -> list[Fault]:
    try:
        _pandera_schema(table).validate(rows.where(rows != "", None), lazy=True)
    except pa.errors.SchemaErrors as error:
        return [_fault(case, table) for case in error.failure_cases.itertuples()]
    return []


def _fault(case, table: Table) -> Fault:
    """A failure case of pandera as a fault of ours."""
    check_name = str(case.check)
    column = str(case.column)
    expected = check_name
    if check_name.startswith("multiple_fields_uniqueness"):
        column = ", ".join(table.key)
        expected = f"each row to differ in {column}"
    elif check_name == "field_uniqueness":
        expected = f"each row to differ in {column}"
    elif check_name == "not_nullable":
        expected = "a value: the cell may not be blank"
    value = "" if pd.isna(case.failure_case) else str(case.failure_case)
    return Fault(f"{table.name}.csv", int(case.index), column, value, expected)


def _pandera_schema(table: Table) -> pa.DataFrameSchema:
    """Our table as a pandera schema over text cells; each check's name is what it expects."""
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                None,
                checks=[
                    pa.Check(_over_items(column, test), element_wise=True, error=expected, ignore_na=True)
                    for test, expected in _cell_tests(column)
                ]
                + [
                    pa.Check(test, element_wise=True, error=expected, ignore_na=True)
                    for test, expected in _whole(column)
                ],
                nullable=not column.required,
                unique=column.unique,
            )
            for column in table.columns
        },
        unique=None if len(table.key) == 1 else list(table.key),
    )


def _whole(column: Column) -> Iterator[tuple[Callable[[str], bool], str]]:
    """The tests for a cell as a whole, whatever its items."""
    if column.type == "list":
        yield _items_differ, "items that differ from each other"


def _over_items(column: Column, test: Callable[[str], bool]) -> Callable[[str], bool]:
    """The test for a cell, as plain true or false: pandera takes a `None` for a value that is missing."""
    if column.type == "list":
        return lambda cell: all(test(item) for item in cell.split(";"))
    return lambda cell: bool(test(cell))


def _cell_tests(column: Column) -> Iterator[tuple[Callable[[str], bool], str]]:
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
        yield lambda cell: not _is_number(cell) or float(cell) >= column.minimum, f"at least {column.minimum:g}"
    if column.maximum is not None:
        yield lambda cell: not _is_number(cell) or float(cell) <= column.maximum, f"at most {column.maximum:g}"


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


def _items_differ(cell: str) -> bool:
    return len(set(cell.split(";"))) == len(cell.split(";"))


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


# Rules that need more than one cell.


def _references(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    for table in TABLES:
        for column in table.columns:
            if not column.refers_to:
                continue
            target_table, target_column = column.refers_to.split(".")
            if tables[target_table].attrs.get("unread"):
                continue  # a table that could not be read is one fault, not one for each row that refers to it
            known = set(tables[target_table][target_column])
            for line, cell in tables[table.name][column.name].items():
                items = cell.split(";") if column.type == "list" else [cell]
                for item in items if cell else ():
                    if item not in known:
                        yield Fault(f"{table.name}.csv", line, column.name, item, f"an id of {column.refers_to}")
    if tables["countries"].attrs.get("unread"):
        return
    donors = set(tables["countries"]["iso3"]) | {EU_INSTITUTIONS}
    for name in ("aid", "aid_monthly"):
        for line, donor in tables[name]["donor"].items():
            if donor not in donors:
                yield Fault(f"{name}.csv", line, "donor", donor, f"an id of countries.iso3, or {EU_INSTITUTIONS}")


def _dates_borne_out(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    claims = tables["claims"]
    if claims.attrs.get("unread"):
        return
    said = dict(zip(claims["claim_id"], claims["date"], strict=True))
    for table in TABLES:
        if "date_basis" not in table.column_names:
            continue
        for row in tables[table.name].itertuples():
            if bool(row.date) != bool(row.date_basis):
                yield Fault(
                    f"{table.name}.csv", row.Index, "date_basis", row.date_basis, "a basis where there is a date"
                )
            if not table.rests_on_claims or not dates.is_date(row.date):
                continue
            if not any(dates.agrees(said.get(claim_id, ""), row.date) for claim_id in row.claim_ids.split(";")):
                yield Fault(
                    f"{table.name}.csv",
                    row.Index,
                    "date",
                    row.date,
                    "a date no longer than one of its claims bears out",
                )


def _aid_parts(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    rows = {row.aid_id: row for row in tables["aid"].itertuples()}
    for row in rows.values():
        if dates.is_date(row.period_start) and dates.is_date(row.period_end):
            if dates.earliest(row.period_start) > dates.latest(row.period_end):
                yield Fault("aid.csv", row.Index, "period_end", row.period_end, "a day not before period_start")
        whole = rows.get(row.part_of)
        if whole is None:
            continue
        if _is_number(row.amount_eur) and _is_number(whole.amount_eur):
            if float(row.amount_eur) > float(whole.amount_eur):
                yield Fault(
                    "aid.csv", row.Index, "amount_eur", row.amount_eur, f"no more than its whole, {whole.amount_eur}"
                )
        if row.donor != whole.donor:
            yield Fault("aid.csv", row.Index, "part_of", row.part_of, f"a whole of the same donor, {row.donor}")
        seen = {row.aid_id}
        while whole is not None:
            if whole.aid_id in seen:
                yield Fault(
                    "aid.csv", row.Index, "part_of", row.part_of, "a whole that is not, in turn, a part of this row"
                )
                break
            seen.add(whole.aid_id)
            whole = rows.get(whole.part_of)


def _article_sources(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    sources = tables["sources"]
    for row in sources.itertuples():
        for column in ("file", "sha256"):
            value = getattr(row, column)
            if bool(value) != (row.corpus == "article"):
                yield Fault("sources.csv", row.Index, column, value, "a value for an article, and for nothing else")
    if sources.attrs.get("unread"):
        return
    articles = set(sources.loc[sources["corpus"] == "article", "source_id"])
    for row in tables["claims"].itertuples():
        if bool(row.paragraph) != (row.source_id in articles):
            yield Fault(
                "claims.csv", row.Index, "paragraph", row.paragraph, "a number for an article's claim, and for no other"
            )


def _promised_ids(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    for name, promised in PROMISED_IDS.items():
        if tables[name].attrs.get("unread"):
            continue
        key = TABLE_BY_NAME[name].key[0]
        for missing in sorted(set(promised) - set(tables[name][key])):
            yield Fault(f"{name}.csv", 0, key, missing, "this id to stay: others build on it")


def _happened(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    published = [dates.latest(day) for day in tables["sources"]["published"] if dates.is_date(day)]
    if not published:
        return
    newest = max(published)
    for name, columns in HAPPENED.items():
        for column in columns:
            for line, day in tables[name][column].items():
                if dates.is_date(day) and dates.earliest(day) > newest:
                    yield Fault(f"{name}.csv", line, column, day, f"a day not after the newest source's, {newest}")


def _corrections(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    for row in tables["corrections"].itertuples():
        if row.table not in TABLE_BY_NAME:
            yield Fault("corrections.csv", row.Index, "table", row.table, f"one of {', '.join(TABLE_BY_NAME)}")
            continue
        corrected = tables[row.table]
        if row.now == DELETED or corrected.attrs.get("unread"):
            continue
        key = TABLE_BY_NAME[row.table].key
        if row.row_id not in set(corrected[list(key)].agg("/".join, axis=1)):
            expected = f"the {'/'.join(key)} of a row of {row.table}, or `{DELETED}` in `now`"
            yield Fault("corrections.csv", row.Index, "row_id", row.row_id, expected)
        if row.was == row.now:
            yield Fault("corrections.csv", row.Index, "now", row.now, "something else than what stood there before")


RULES = (_references, _dates_borne_out, _aid_parts, _article_sources, _promised_ids, _happened, _corrections)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m two_shields.checks", description="Check the record's tables.")
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
