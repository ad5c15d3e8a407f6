"""Who gave what: Ukraine's suppliers by camp, and for each system of the camps who has, ordered or wants it."""

import textwrap
from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts.palette import WORDS
from two_shields.charts.sheet import CARD, NARROW, WIDE, Sheet, width_of
from two_shields.charts.style import GRID, Group, Name
from two_shields.contract.vocabulary import CAMPS, SYSTEM_KINDS
from two_shields.domain import membership
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.systems.standings import shown_systems, standings, supplies
from two_shields.exhibits.systems.words import COLUMNS, caption, counts, hover, notes, nothing, scope, unnamed
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import SystemsView
from two_shields.text import phrases

_LINE = 17.0
#: What is drawn of a row.
_Pair = namedtuple(
    "_Pair", "part state supplier group camp system country made_in mark heading giver_words givers history is_inferred"
)


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


#: Suppliers by where they stand today, with the headings of their groups.
SUPPLIERS: Mapping[str, str] = {
    "german_led": "Sky Shield only",
    "both": "In both camps",
    "french_led": "French-led track only",
    "neither": "In neither camp, or no row",
}
#: The columns of the two tables, with their left edges.
GIVEN = (
    Column("has", "handed over", 200),
    Column("ordered", "ordered, not all there", 590),
    Column("unsigned", "promised, offered or wanted", 740),
    Column("refused", "refused", 1010),
)
HELD = (
    Column("has", "have it", 230),
    Column("ordered", "ordered it", 440),
    Column("unsigned", "chosen, offered or wanted", 660),
    Column("stationed", "stationed by its owner", 860),
    Column("refused", "declined or refused", 1030),
)
MOST_ON_A_CARD = 9


def frame(record: Record, view: SystemsView) -> Frame:
    """A row per system and supplier of Ukraine (`part` ukraine), and per system and other country (`part` others)."""
    systems = shown_systems(record, view)
    given = supplies(record, systems if view.system else (*dict.fromkeys((*systems, *_given(record))),), view.stage)
    others = standings(record, systems, view.stage)
    others = others[others["iso3"] != "UKR"]
    states = membership.state_of(record, "signed")
    given = given.assign(
        part="ukraine", part_words="Ukraine, by supplier",
        supplier=given["giver_words"],
        state=[state if (state := states.get("".join(codes))) in SUPPLIERS else "neither" for codes in given["givers"]],
    )  # fmt: skip
    others = others.assign(part="others", part_words="Other countries", supplier="", state="")
    rows = pd.concat([frame for frame in (given, others) if len(frame)] or [given], ignore_index=True)
    elsewhere = counts(others)
    return Frame.of(
        record, "systems-flows", _title(record, view, systems, given, others),
        "Who supplied Ukraine with what, and who has, ordered or wants which systems",
        rows, {"part_words": "Who gets it", **COLUMNS}, f"Other countries: {elsewhere}." if elsewhere else "",
        caption="Suppliers of Ukraine stand under the camp that they are in today; the sources do not always say who gave and who "
        "sold. A system’s name has the colour of the camp that it goes with. Below, the countries with each system of the two camps, by how far it has come. What an owner stationed "
        "abroad stays its owner’s." + caption(view),
        notes=notes(record, view, systems, rows),
    )  # fmt: skip


@cached(most=1)
def _given(record: Record) -> tuple[str, ...]:
    """All air defence on its way to Ukraine."""
    kinds = record["systems"].set_index("system_id")["kind"]
    to_ukraine = record["transfers"].loc[lambda rows: rows["to_iso3"] == "UKR", "system_id"]
    return tuple(one for one in sorted(set(to_ukraine)) if SYSTEM_KINDS[kinds[one]].air_defence)


def _title(
    record: Record, view: SystemsView, systems: tuple[str, ...], given: pd.DataFrame, others: pd.DataFrame
) -> str:
    if given.empty and others.empty:
        return nothing(record, view, systems)
    before = scope(record, view, systems)
    parts = [_suppliers(given, view)] if len(given) else []
    if len(others) and (view.system or view.stage or not parts):
        elsewhere = counts(others, most=2)
        parts.append(f"elsewhere {elsewhere}" if parts else elsewhere)
    return phrases.capital(before + "; ".join(parts))


def _suppliers(given: pd.DataFrame, view: SystemsView) -> str:
    """`Germany supplied Ukraine with the most kinds of air defence: Gepard and Patriot; 13 countries supplied some`"""
    handed = [row for row in tuples(given, _Pair) if row.group == "has" and row.givers]
    if not handed:
        return f"to Ukraine {counts(given).replace(' in one country', '')}"
    suppliers = sorted(_by("supplier", handed).items())
    names = {supplier: sorted({row.system for row in own}) for supplier, own in suppliers}
    number, largest = phrases.spelled(len(names), "country", "countries"), max(map(len, names.values()))
    if len(names) == 1 and not view.system:
        return "".join(f"{name} supplied Ukraine with {phrases.join(kinds)}" for name, kinds in names.items())
    if view.system or largest == 1:
        who = phrases.join(list(names)) if len(names) <= 3 else number
        return f"{who} supplied Ukraine"
    most = phrases.join([f"{name} ({phrases.join(kinds)})" for name, kinds in names.items() if len(kinds) == largest])
    return f"{number} have supplied Ukraine with air defence, the most kinds of it {most}"


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """Ukraine's suppliers with what each gave, promised or refused; below, the systems with who has or ordered them."""
    return _drawn(frame.rows, theme, NARROW if narrow else WIDE)


def _drawn(rows: pd.DataFrame, theme: str, width: int) -> go.Figure:
    sheet = Sheet(theme, width)
    pairs = tuples(rows, _Pair)
    groups = [
        Group(heading, state, tuple(_by_supplier([pair for pair in pairs if pair.state == state], state, theme)))
        for state, heading in SUPPLIERS.items()
    ]
    given_columns, held_columns = (_closer(GIVEN), _closer(HELD)) if width == CARD else (GIVEN, HELD)
    _draw(sheet, "To Ukraine: who gave, promised or refused what", given_columns, groups)
    others = [pair for pair in pairs if pair.part == "others"]
    groups = [
        Group(f"{camp.label}’s systems" if code != "other" else "Other systems", code, tuple(_by_system([pair for pair in others if pair.camp == code])))
        for code, camp in CAMPS.items()
    ]  # fmt: skip
    _draw(sheet, "Elsewhere: who has, ordered, wants or declined which system", held_columns, groups)
    return sheet.figure()


def _closer(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(replace(column, left=column.left * 0.4 + 50) for column in columns)


def _by(name: str, pairs: Iterable) -> dict[str, list]:
    """Rows by a column's value, in their order."""
    found: dict[str, list] = {}
    for pair in pairs:
        found.setdefault(getattr(pair, name), []).append(pair)
    return found


def _by_supplier(pairs: Iterable, state: str, theme: str) -> list[Row]:
    suppliers = _by("supplier", pairs)
    return [
        Row(supplier, "", _cells(suppliers[supplier], "system", WORDS[theme]), state)
        for supplier in sorted(suppliers, key=lambda one: (-sum(lot.group == "has" for lot in suppliers[one]), one))
    ]


def _by_system(pairs: Iterable) -> list[Row]:
    return [
        Row(name, f"from {own[0].made_in}" if own[0].made_in else "", _cells(own, "country", {}))
        for name, own in _by("system", pairs).items()
    ]


def _cells(pairs: Iterable, label: str, colours: Mapping[str, str]) -> dict[str, tuple[Name, ...]]:
    """Names by group of stages; an inferred one says so. A system has the colour of its camp, where these are given."""
    names: dict[str, list[Name]] = {}
    for row in sorted(pairs, key=attrgetter(label)):
        words = getattr(row, label) + (" (inferred)" if row.is_inferred else "")
        names.setdefault(row.group, []).append(Name(words, row.mark, hover(row), colours.get(row.camp, "")))
    return {group: tuple(those) for group, those in names.items()}


def _draw(sheet: Sheet, title: str, columns: Sequence[Column], groups: Sequence[Group]) -> None:
    """A heading, the columns' heads, and the groups; columns without any name are left out."""
    groups = [group for group in groups if group.rows]
    columns = [column for column in columns if any(row.cells.get(column.key) for group in groups for row in group.rows)]
    if not columns:
        return
    narrow, grey = sheet.width == NARROW, WORDS[sheet.theme]["grey"]
    y = sheet.depth + (26 if sheet.depth else 10)
    for line in textwrap.wrap(title, 40) if narrow else [title]:
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


def _head(sheet: Sheet, row: Row, y: float, right: float) -> float:
    """The row's name, and what it is about beside it, or below where there is no room; gives the height of the last line."""
    if row.state:
        sheet.camp(6, y, row.state)
    left = 17.0 if row.state else 0.0
    sheet.write(left, y, f"<b>{row.name}</b>", size=12.5)
    if not row.about:
        return y
    left += width_of(row.name, 13.5) + 8
    if left - 4 + width_of(row.about, 11.5) >= right:
        left, y = 0, y + _LINE
    sheet.write(left, y, row.about, WORDS[sheet.theme]["grey"], size=11.5)
    return y


def _row(sheet: Sheet, columns: Sequence[Column], rights: dict[str, float], row: Row, y: float) -> float:
    last = _head(sheet, row, y + 12, columns[0].left - 8)
    for column in columns:
        if names := row.cells.get(column.key, ()):
            last = max(last, sheet.names(column.left, y + 12, rights[column.key], names, line=_LINE))
    return last + 12


def _listed(sheet: Sheet, columns: Sequence[Column], _rights: dict[str, float], row: Row, y: float) -> float:
    y = _head(sheet, row, y + 12, sheet.width)
    for column in columns:
        if names := row.cells.get(column.key, ()):
            y += _LINE + 3
            head = f"{column.heading}:"
            sheet.write(8, y, head, WORDS[sheet.theme]["grey"], size=11.5)
            y = sheet.names(8 + width_of(head, 11.5) + 6, y, sheet.width, names, line=_LINE + 3)
    return y + 9


def card(frame: Frame, theme: str = "light") -> go.Figure:
    """Ukraine's suppliers, those who gave the most kinds first; where Ukraine gets none, the systems."""
    rows = frame.rows
    given = rows[(rows["part"] == "ukraine") & (rows["group"] == "has")]
    if given.empty:
        systems = list(dict.fromkeys(rows["system"]))
        shown, what = rows[rows["system"].isin(systems[:MOST_ON_A_CARD])], "systems"
        number, of = min(len(systems), MOST_ON_A_CARD), len(systems)
    else:
        counts = given.groupby("supplier")["system"].nunique().sort_values(ascending=False, kind="stable")
        shown, what = given[given["supplier"].isin(counts.index[:MOST_ON_A_CARD])], "suppliers of Ukraine"
        number, of = min(len(counts), MOST_ON_A_CARD), len(counts)
    return _drawn(shown, theme, CARD).update_layout(meta={"note": f"{number} of {of} {what}" if number < of else ""})


EXHIBIT = Exhibit(
    "systems-flows", SystemsView, view="flows", frame=frame, panels=(figure,), card=card, left_out=unnamed
)
