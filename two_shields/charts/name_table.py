"""A table of names: rows in groups, and in each cell names that a click chooses; on a phone a row is a short list."""

from collections.abc import Sequence
from dataclasses import dataclass

from two_shields.charts.palette import WORDS
from two_shields.charts.sheet import NARROW, Sheet, width_of
from two_shields.charts.style import GRID, Group, Name
from two_shields.text import phrases

_LINE = 17.0


@dataclass(frozen=True)
class Column:
    """A column's heading, and its left edge in the wide form."""

    key: str
    heading: str
    left: float


@dataclass(frozen=True)
class Row:
    """What a row is about, with its camp where it is a state, words beside or below it, and its names by column."""

    name: str
    about: str
    cells: dict[str, tuple[Name, ...]]
    state: str = ""


def draw_name_table(sheet: Sheet, title: str, columns: Sequence[Column], groups: Sequence[Group]) -> None:
    """A heading, the columns' heads, and the groups; columns without any name are left out."""
    groups = [group for group in groups if group.rows]
    columns = [column for column in columns if any(row.cells.get(column.key) for group in groups for row in group.rows)]
    if not columns:
        return
    narrow, grey = sheet.width == NARROW, WORDS[sheet.theme]["grey"]
    y = sheet.depth + (26 if sheet.depth else 10)
    for line in phrases.wrap(title, 40) if narrow else [title]:
        sheet.write(0, y, f"<b>{line}</b>", size=15)
        y += 19
    if not narrow:
        y += 4
        for column in columns:
            sheet.write(column.left, y, f"<b>{column.heading}</b>", grey, size=12)
        y += 8
    rights = {
        column.key: after - 14
        for column, after in zip(columns, [*(other.left for other in columns[1:]), sheet.width + 14], strict=True)
    }
    for group in groups:
        colour = WORDS[sheet.theme].get(group.camp, grey)
        y += 18
        sheet.write(0, y, f"<b>{group.heading}</b>", colour, size=13)
        y += 11
        for row in group.rows:
            sheet.line(0, y, sheet.width, y, GRID)
            y = (_listed if narrow else _row)(sheet, columns, rights, row, y)
    sheet.depth = y + 6


def _head(sheet: Sheet, row: Row, y: float) -> float:
    """The row's own name; gives where it ends."""
    if row.state:
        sheet.camp(6, y, row.state)
    left = 17.0 if row.state else 0.0
    sheet.write(left, y, f"<b>{row.name}</b>", size=12.5)
    return left + width_of(row.name, 13.5) + 4


def _row(sheet: Sheet, columns: Sequence[Column], rights: dict[str, float], row: Row, y: float) -> float:
    end = _head(sheet, row, y + 12)
    last = y + 12
    if row.about and end + width_of(row.about, 11.5) < columns[0].left - 8:
        sheet.write(end + 4, y + 12, row.about, WORDS[sheet.theme]["grey"], size=11.5)
    elif row.about:
        last = y + 12 + _LINE
        sheet.write(0, last, row.about, WORDS[sheet.theme]["grey"], size=11.5)
    for column in columns:
        if names := row.cells.get(column.key, ()):
            last = max(last, sheet.names(column.left, y + 12, rights[column.key], names, line=_LINE))
    return last + 12


def _listed(sheet: Sheet, columns: Sequence[Column], _rights: dict[str, float], row: Row, y: float) -> float:
    y += 12
    end = _head(sheet, row, y)
    if row.about and end + width_of(row.about, 11.5) < sheet.width:
        sheet.write(end + 4, y, row.about, WORDS[sheet.theme]["grey"], size=11.5)
    elif row.about:
        y += _LINE
        sheet.write(0, y, row.about, WORDS[sheet.theme]["grey"], size=11.5)
    for column in columns:
        if names := row.cells.get(column.key, ()):
            y += _LINE + 3
            head = f"{column.heading}:"
            sheet.write(8, y, head, WORDS[sheet.theme]["grey"], size=11.5)
            y = sheet.names(8 + width_of(head, 11.5) + 6, y, sheet.width, names, line=_LINE + 3)
    return y + 9
