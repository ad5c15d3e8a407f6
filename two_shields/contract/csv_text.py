"""The text of a table: its cells as they stand in the CSV file, and what no cell can tell: encoding, header, quotes."""

import csv
import io
import re
import sys

import pandas as pd

from two_shields.contract.fault import SHOWN_OF_VALUE, Fault
from two_shields.contract.table import Table

LONGEST_CELL = 2_000
#: Tables that may have no row at all.
MAY_BE_EMPTY = ("conflicts", "cell_claims", "corrections", "left_out")

PLAIN = f"one line of plain text, at most {LONGEST_CELL:,} characters, no space at its ends"
QUOTES = "quotes in pairs, doubled inside a quoted cell"


def read_text(content: bytes, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    """A table as text, indexed by the line that each row starts on; or no rows, and why not."""
    file = f"{table.name}.csv"

    def unreadable(value: str, expected: str, line: int = 0, column: str = "") -> tuple[pd.DataFrame, list[Fault]]:
        return nothing(table), [Fault(file, line, column, value, expected)]

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
            return unreadable(short(",".join(header)), _header_expected(header, table), line=1)
        start = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(header):
                expected = f"{len(header)} cells, not {len(cells)}"
                faults.append(Fault(file, start, "", short(",".join(cells)), expected))
            else:
                row = "".join(lines[start - 1 : reader.line_num])
                if column := _stray_quote(row, header):
                    faults.append(Fault(file, start, column, short(cells[header.index(column)]), QUOTES))
                if len(row) > LONGEST_CELL:
                    long = [(name, cell) for name, cell in zip(header, cells, strict=True) if len(cell) > LONGEST_CELL]
                    faults += [Fault(file, start, name, short(cell), PLAIN) for name, cell in long]
                    # A cell that is too long has its fault; the other checks need not read all of it.
                    cells = [cell if len(cell) <= LONGEST_CELL else short(cell).rstrip(";") for cell in cells]
                rows.append(cells)
                starts.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        column = _stray_quote("".join(lines[start - 1 :]), table.column_names)
        return unreadable(str(error), QUOTES, start, column)
    if not text.endswith("\n"):
        faults.append(Fault(file, len(lines), "", short(lines[-1]), "a line end after the last row: is it cut off?"))
    if not rows and not faults and table.name not in MAY_BE_EMPTY:
        faults.append(Fault(file, 1, "", "", "at least one row below the header"))
    return pd.DataFrame(rows, columns=list(header), index=starts, dtype=str), faults


def nothing(table: Table) -> pd.DataFrame:
    """The rows of a table that cannot be read. What refers to them is no fault of its own."""
    rows = pd.DataFrame(columns=list(table.column_names), dtype=str)
    rows.attrs["unread"] = True
    return rows


def _header_expected(header: tuple[str, ...], table: Table) -> str:
    missing = ", ".join(name for name in table.column_names if name not in header)
    extra = ", ".join(name for name in dict.fromkeys(header) if name not in table.column_names)
    twice = ", ".join(name for name in dict.fromkeys(header) if header.count(name) > 1 and name in table.column_names)
    words = (("missing", missing), ("not known", short(extra)), ("twice", twice))
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


def short(text: str) -> str:
    return text if len(text) <= SHOWN_OF_VALUE else text[: SHOWN_OF_VALUE + 1]
