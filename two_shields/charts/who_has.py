"""Who has what: rows by columns with a sign in a cell, in two blocks beside each other, or one under the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from two_shields.charts.palette import WORDS
from two_shields.charts.sheet import NARROW, WIDE, Sheet, width_of
from two_shields.charts.style import GRID, Group, Name, Sign

_ROW, _HEADING, _LETTERS = 20.0, 30.0, 11.5
#: As many columns as a block has room for.
MOST_COLUMNS = 9


@dataclass(frozen=True)
class Column:
    key: str
    name: str
    camp: str


@dataclass(frozen=True)
class Row:
    """A state's name and its camp, and the signs of its cells by column; two of one cell stand side by side."""

    name: str
    state: str
    cells: dict[str, tuple[Sign, ...]] = field(default_factory=dict)


def draw_who_has(sheet: Sheet, columns: Sequence[Column], camps: dict[str, str], groups: Sequence[Group]) -> None:
    """All groups under all columns; `camps` names the camps above their columns."""
    for start in range(0, len(columns), MOST_COLUMNS):
        part = columns[start : start + MOST_COLUMNS]
        keys = {column.key for column in part}
        held = ((group, tuple(row for row in group.rows if keys & set(row.cells))) for group in groups)
        shown = [replace(group, rows=rows) for group, rows in held if rows]
        top, narrow = sheet.depth + (16 if start else 0), sheet.width != WIDE
        parts = [shown] if narrow else _halves(shown)
        width = sheet.width if narrow else (sheet.width - 36) / 2
        lefts = ((half, (width + 36) * number) for number, half in enumerate(parts) if half)
        sheet.depth = max(_block(sheet, part, camps, half, left, width, top) for half, left in lefts) + 8


def _height(groups: Sequence[Group]) -> float:
    return sum(_HEADING + _ROW * len(group.rows) for group in groups)


def _halves(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """The groups in two parts about as tall as each other; of one group, its rows."""
    if len(groups) == 1:
        group, middle = groups[0], -(-len(groups[0].rows) // 2)
        if middle < 4:
            return [group], []
        return [replace(group, rows=group.rows[:middle])], [replace(group, rows=group.rows[middle:])]
    cut = min(range(1, len(groups) + 1), key=lambda cut: max(_height(groups[:cut]), _height(groups[cut:])))
    return list(groups[:cut]), list(groups[cut:])


def _block(
    sheet: Sheet, columns: Sequence[Column], camps: dict[str, str], groups: Sequence[Group], left: float, width: float, top: float
) -> float:  # fmt: skip
    """One block with its heads; gives the height at which it ends."""
    narrow, words = sheet.width == NARROW, WORDS[sheet.theme]
    names = 106.0 if narrow else 142.0
    pitch = min((width - names - 10) / len(columns), 88.0)
    x_of = {column.key: left + names + pitch * (place + 0.5) for place, column in enumerate(columns)}
    y = top + _heads(sheet, columns, camps, x_of, top, pitch)
    edges = [x_of[two.key] - pitch / 2 for one, two in pairwise(columns) if one.camp != two.camp]
    for x in edges if not narrow else ():  # a narrow column's head is wider than the column
        sheet.line(x, top, x, y, words["grey"])
    for group in groups:
        y += _HEADING
        sheet.write(left, y - 9, f"<b>{group.heading}</b>", words.get(group.camp, words["grey"]), size=12.5)
        sheet.line(left, y, left + width, y, GRID, width=1.5)
        for x in edges:
            sheet.line(x, y, x, y + _ROW * len(group.rows), words["grey"])
        for row in group.rows:
            middle = y + _ROW / 2
            sheet.camp(left + 6, middle, row.state)
            # A name chooses what its first sign chooses.
            first = next(iter(row.cells.values()))[0]
            sheet.name(left + 17, middle, Name(row.name, first.mark, first.hover), size=12.5 if not narrow else 12)
            for key, signs in row.cells.items():
                apart = 8.0 if len(signs) > 1 else 0.0
                for place, sign in enumerate(signs) if key in x_of else ():
                    sheet.sign(x_of[key] + apart * (2 * place - len(signs) + 1), middle, sign)
            y += _ROW
            sheet.line(left, y, left + width, y, GRID)
    return y


def _heads(
    sheet: Sheet, columns: Sequence[Column], camps: dict[str, str], x_of: dict[str, float], top: float, pitch: float
) -> float:  # fmt: skip
    """The columns' names, a word a line, and above them their camps; staggered where a word is wider than its column."""
    words = WORDS[sheet.theme]
    lines = [column.name.split() for column in columns]
    most, wide = max(map(len, lines)), max(len(word) for name in lines for word in name) * 5.9 > 1.25 * pitch
    deep = 13.5 * most
    for place, column in enumerate(columns):
        low = top + 22 + deep * (2 if wide and place % 2 else 1)
        if wide and not place % 2:
            x = x_of[column.key]
            sheet.line(x, low + 3, x, top + 20 + 2 * deep, GRID)
        ink = words.get(column.camp, words["grey"])
        sheet.drawing.write(x_of[column.key], -low, "<br>".join(lines[place]), ink, _LETTERS, yanchor="bottom")
    for camp, name in camps.items():
        mine = [column for column in columns if column.camp == camp]
        if mine:
            # A name that is wider than its columns ends with the block.
            x = x_of[mine[0].key] - pitch / 2 + 4
            x = min(x, x_of[columns[-1].key] + pitch / 2 + 10 - width_of(name, 13.5))
            sheet.write(x, top + 10, f"<b>{name}</b>", words.get(camp, words["grey"]), size=12.5)
    return 24 + deep * (2 if wide else 1)
