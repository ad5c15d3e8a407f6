"""Tables as an XLSX workbook: typed cells, no formulas, and a sheet that says what the tables are and how to cite them."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from two_shields.contract.project import TITLE
from two_shields.export import values
from two_shields.record.table import tuples

#: Characters of a column's width.
NARROWEST, WIDEST = 8, 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Archive(zipfile.ZipFile):
    """A zip whose entries carry no time, so that the same workbook is the same bytes: its ETag rests on that."""

    def writestr(self, name: Any, content: Any, *_: Any, **__: Any) -> None:
        super().writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)

    def write(self, path: Any, name: Any = None, *_: Any, **__: Any) -> None:
        self.writestr(name, Path(path).read_bytes())


def workbook(tables: Mapping[str, pd.DataFrame], about: Mapping[str, str], day: str) -> bytes:
    """A sheet per table, and one of what is said `about` them. `day` (ISO 8601 or blank) is when the data were published."""
    book = Workbook(write_only=True)
    for name, rows in tables.items():
        _fill(book, name, [list(rows.columns), *tuples(rows)])
    _fill(book, "About", about.items(), heading=False)
    published = datetime.fromisoformat(day or "1980-01-01")
    book.properties.title, book.properties.creator = about.get("Cite as", TITLE), TITLE
    book.properties.created = book.properties.modified = published
    buffer = io.BytesIO()
    with _Archive(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    return buffer.getvalue()


def _fill(book: Workbook, name: str, rows: Any, heading: bool = True) -> None:
    sheet = book.create_sheet(name[:31])
    rows = [[_value(value) for value in row] for row in rows]
    if heading:
        sheet.freeze_panes = "A2"
    for number, column in enumerate(zip(*rows, strict=True), 1):
        longest = max((len(str(value)) for value in column if value is not None), default=0)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(longest + 1, NARROWEST), WIDEST)
    for number, row in enumerate(rows):
        sheet.append(_cells(sheet, row, bold=heading and number == 0))


def _value(value: Any) -> Any:
    """A number, truth, day or text; a date that is not sure to the day stays text."""
    value = values.plain(value)
    if isinstance(value, list):
        return ";".join(map(str, value))
    if isinstance(value, str):
        return date.fromisoformat(value) if _DAY.fullmatch(value) else ILLEGAL_CHARACTERS_RE.sub("", value) or None
    return value


def _cells(sheet: Any, row: list[Any], bold: bool) -> Iterator[WriteOnlyCell]:
    for value in row:
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, str):  # openpyxl takes a text that begins with = for a formula
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(values.FORMULA)
        elif isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        if bold:
            cell.font = Font(bold=True)
        yield cell
