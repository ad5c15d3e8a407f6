"""Who has what: countries by systems, grouped by whose systems they have or ordered.

A sign stands in a cell; the groups are in two blocks beside each other, or one under the other.
"""

from collections import Counter, namedtuple
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import attrgetter

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts.palette import MARKS, WORDS
from two_shields.charts.sheet import CARD, NARROW, WIDE, Sheet, width_of
from two_shields.charts.style import GRID, Group, Name, Sign
from two_shields.contract.vocabulary import CAMPS, SAID_LAYERS
from two_shields.domain import membership
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.systems.standings import FIRM, shown_systems, standings
from two_shields.exhibits.systems.words import (
    COLUMNS,
    caption,
    counts,
    held_by_ukraine,
    hover,
    notes,
    nothing,
    scope,
    unnamed,
)
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import SystemsView
from two_shields.text import phrases

#: The groups of rows, by whose systems a country has or ordered.
HEADINGS = {
    "both": "Systems of both camps",
    "german_led": "Sky Shield’s systems only",
    "french_led": "French-led track’s systems only",
    "other": "Other systems",
    "none": "Nothing signed: offered, wanted, hosted or refused",
}
#: Plotly's symbol of each group of stages, and its size.
SYMBOLS = {
    "has": ("square", 12),
    "ordered": ("square-open", 11),
    "unsigned": ("circle", 7),
    "stationed": ("triangle-up-open", 10),
    "refused": ("x-thin-open", 9),
}
KEY = (
    "■ has it · □ ordered · • offered, wanted or chosen: nothing signed · △ stationed there by its owner · × declined or "
    "refused · dashed: inferred. Before the name, where the state itself stands: ● Sky Shield · ◆ both · ■ French-led track · "
    "○ neither, or no row. An empty cell: nothing is reported."
)
_ROW, _HEADING, _LETTERS = 20.0, 30.0, 11.5
#: As many columns as a block has room for.
MOST_COLUMNS = 9
#: As many countries as a card can hold.
MOST_ON_A_CARD = 13


#: What is drawn of a row.
_Cell = namedtuple(
    "_Cell",
    "country column whose state system_id system camp group mark heading giver_words history disputed is_inferred",
)


@dataclass(frozen=True)
class Row:
    """A state's name and its camp, and the signs of its cells by column; two of one cell stand side by side."""

    name: str
    state: str
    cells: dict[str, tuple[Sign, ...]] = field(default_factory=dict)


def frame(record: Record, view: SystemsView) -> Frame:
    """A row per pair of a country and a system, and one more where an owner stationed it there."""
    systems = shown_systems(record, view)
    rows = standings(record, systems, view.stage)
    states, whose = membership.state_of(record, "signed"), _whose(rows)
    layers = dict(zip(record["systems"]["system_id"], record["systems"]["layers"], strict=True))
    order, camps = list(SAID_LAYERS), list(CAMPS)
    rows = rows.assign(
        state=[states.get(iso3, "unknown") for iso3 in rows["iso3"]],
        whose=[whose.get(iso3, "none") for iso3 in rows["iso3"]],
    )
    rows["whose_words"] = rows["whose"].map(HEADINGS)
    rows["column"] = [
        (camps.index(camp), order.index((layers[system_id] or ("exo_atmospheric",))[0]), system)
        for camp, system_id, system in zip(rows["camp"], rows["system_id"], rows["system"], strict=True)
    ]
    countries = phrases.count(rows["iso3"].nunique(), "country", "countries")
    return Frame.of(
        record, "systems-matrix", _title(record, view, systems, rows),
        f"Grid of {countries} by {phrases.count(rows['system_id'].nunique(), 'system')}",
        rows, {"whose_words": "Has or ordered", "country": "Country", **COLUMNS},
        f"{phrases.capital(counts(rows, most=2))}." if len(rows) else "",
        key=KEY, caption=caption(view).strip(), notes=(*held_by_ukraine(rows), *notes(record, view, systems, rows)),
    )  # fmt: skip


def _whose(rows: pd.DataFrame) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for iso3, group, camp in zip(rows["iso3"], rows["group"], rows["camp"], strict=True):
        if group in FIRM:
            found.setdefault(iso3, set()).add(camp)
    camps = {iso3: mine - {"other"} for iso3, mine in found.items()}
    return {iso3: "both" if len(mine) == 2 else next(iter(mine), "other") for iso3, mine in camps.items()}


def _title(record: Record, view: SystemsView, systems: tuple[str, ...], rows: pd.DataFrame) -> str:
    """Who has or ordered systems of both camps; where few systems are chosen, how many stand where with them."""
    if rows.empty:
        return nothing(record, view, systems)
    both = sorted({country for country, whose in zip(rows["country"], rows["whose"], strict=True) if whose == "both"})
    whose = set(rows["camp"]) & set(membership.CAMPS)
    if len(whose) < 2 or (view.stage and not both):
        return (scope(record, view, systems) or "The two camps’ systems: ") + counts(rows)
    verb = "has or ordered" if len(both) == 1 else "have or ordered"
    finding = (
        f"{phrases.join(both, most=6)} {verb} systems of both camps"
        if both
        else "no country is known to have or to have ordered systems of both camps"
    )
    aside = "" if view.system or view.stage else "; buying is not joining"
    return phrases.capital(scope(record, view, systems) + finding + aside)


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    return _drawn(frame.rows, theme, NARROW if narrow else WIDE, _members(frame.rows))


def _members(rows: pd.DataFrame) -> Counter[str]:
    return Counter(whose for whose, _ in set(zip(rows["whose"], rows["iso3"], strict=True)))


def _drawn(rows: pd.DataFrame, theme: str, width: int, members: Mapping[str, int]) -> go.Figure:
    """The rows under headings with the number of all countries of their group."""
    cells = sorted(tuples(rows, _Cell), key=attrgetter("country", "column"))
    columns = {cell.system_id: cell for cell in sorted(cells, key=attrgetter("column"))}
    held = {whose: [cell for cell in cells if cell.whose == whose] for whose in HEADINGS}
    groups = [
        Group(f"{HEADINGS[whose]} · {members[whose]}", "" if whose == "none" else whose, _rows(own, theme))
        for whose, own in held.items()
        if own
    ]
    sheet = Sheet(theme, width)
    _draw(sheet, list(columns.values()), groups)
    return sheet.figure()


def _rows(ordered: Iterable[_Cell], theme: str) -> tuple[Row, ...]:
    marks = MARKS[theme]
    found = []
    for country, cells in groupby(ordered, attrgetter("country")):
        signs: dict[str, tuple[Sign, ...]] = {}
        for cell in cells:
            symbol, size = SYMBOLS[cell.group]
            camp = "neither" if cell.group in ("stationed", "refused") else cell.camp
            colour = marks.get(camp, marks["neither"])
            words = hover(cell) + ("<br>sources disagree" if cell.disputed else "")
            sign = Sign(symbol, colour, cell.mark, words, size, cell.is_inferred)
            signs[cell.system_id] = (*signs.get(cell.system_id, ()), sign)
        found.append(Row(country, cell.state, signs))
    return tuple(found)


def _draw(sheet: Sheet, columns: Sequence, groups: Sequence[Group]) -> None:
    """All groups under all columns, each a row of the first of its system."""
    for start in range(0, len(columns), MOST_COLUMNS):
        part = columns[start : start + MOST_COLUMNS]
        keys = {column.system_id for column in part}
        held = ((group, tuple(row for row in group.rows if keys & set(row.cells))) for group in groups)
        shown = [replace(group, rows=rows) for group, rows in held if rows]
        top, narrow = sheet.depth + (16 if start else 0), sheet.width != WIDE
        parts = [shown] if narrow else _halves(shown)
        width = sheet.width if narrow else (sheet.width - 36) / 2
        lefts = ((half, (width + 36) * number) for number, half in enumerate(parts) if half)
        sheet.depth = max(_block(sheet, part, half, left, width, top) for half, left in lefts) + 8


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
    sheet: Sheet, columns: Sequence, groups: Sequence[Group], left: float, width: float, top: float
) -> float:  # fmt: skip
    """One block with its heads; gives the height at which it ends."""
    narrow, words = sheet.width == NARROW, WORDS[sheet.theme]
    names = 106.0 if narrow else 142.0
    pitch = min((width - names - 10) / len(columns), 88.0)
    x_of = {column.system_id: left + names + pitch * (place + 0.5) for place, column in enumerate(columns)}
    y = top + _heads(sheet, columns, x_of, top, pitch)
    edges = [x_of[two.system_id] - pitch / 2 for one, two in pairwise(columns) if one.camp != two.camp]
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
    sheet: Sheet, columns: Sequence, x_of: dict[str, float], top: float, pitch: float
) -> float:  # fmt: skip
    """The columns' names, a word a line, and above them their camps; staggered where a word is wider than its column."""
    words = WORDS[sheet.theme]
    lines = [column.system.split() for column in columns]
    most, wide = max(map(len, lines)), max(len(word) for name in lines for word in name) * 5.9 > 1.25 * pitch
    deep = 13.5 * most
    for place, column in enumerate(columns):
        low = top + 22 + deep * (2 if wide and place % 2 else 1)
        if wide and not place % 2:
            x = x_of[column.system_id]
            sheet.line(x, low + 3, x, top + 20 + 2 * deep, GRID)
        ink = words.get(column.camp, words["grey"])
        sheet.drawing.write(x_of[column.system_id], -low, "<br>".join(lines[place]), ink, _LETTERS, yanchor="bottom")
    for camp, code in CAMPS.items():
        mine = [column for column in columns if column.camp == camp]
        if mine:
            # A name that is wider than its columns ends with the block.
            x = x_of[mine[0].system_id] - pitch / 2 + 4
            x = min(x, x_of[columns[-1].system_id] + pitch / 2 + 10 - width_of(code.label, 13.5))
            sheet.write(x, top + 10, f"<b>{code.label}</b>", words.get(camp, words["grey"]), size=12.5)
    return 24 + deep * (2 if wide else 1)


def card(frame: Frame, theme: str = "light") -> go.Figure:
    """The countries with systems of both camps, then those with the most, as a card has room for."""
    weight = frame.rows[frame.rows["group"].isin(FIRM)].groupby("country")["system_id"].nunique()
    weight = weight.add(100 * frame.rows.groupby("country")["whose"].first().eq("both"), fill_value=0)
    first = list(weight.sort_values(ascending=False, kind="stable").index[:MOST_ON_A_CARD])
    shown = frame.rows[frame.rows["country"].isin(first)]
    number, of = len(first), frame.rows["country"].nunique()
    note = f"{number} of {of} countries: those with systems of both camps, then with the most" if number < of else ""
    return _drawn(shown, theme, CARD, _members(frame.rows)).update_layout(meta={"note": note})


EXHIBIT = Exhibit(
    "systems-matrix", SystemsView, view="matrix", frame=frame, panels=(figure,), card=card, left_out=unnamed
)
