"""Who gave what: Ukraine's suppliers by camp, and for each system of the camps who has, ordered or wants it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import attrgetter

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts.name_table import Column, Group, Row, draw_name_table
from two_shields.charts.palette import WORDS
from two_shields.charts.sheet import CARD, NARROW, WIDE, Sheet
from two_shields.charts.style import Name
from two_shields.contract.vocabulary import CAMPS, SYSTEM_KINDS
from two_shields.domain import membership
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.systems.standings import shown_systems, standings, supplies
from two_shields.exhibits.systems.words import COLUMNS, caption, counts, hover, notes, nothing, scope, unnamed
from two_shields.record.record import Record
from two_shields.state.views import SystemsView
from two_shields.text import phrases

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
    given = supplies(record, systems if view.system else _given(record, systems), view.stage)
    others = standings(record, systems, view.stage)
    others = others[others["iso3"] != "UKR"]
    states = membership.states(record, "signed").set_index("iso3")["state"]
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


def _given(record: Record, systems: tuple[str, ...]) -> tuple[str, ...]:
    """The camps' systems, and all other air defence on its way to Ukraine."""
    kinds = record["systems"].set_index("system_id")["kind"]
    to_ukraine = record["transfers"].loc[lambda rows: rows["to_iso3"] == "UKR", "system_id"]
    return tuple(
        dict.fromkeys([*systems, *(one for one in sorted(set(to_ukraine)) if SYSTEM_KINDS[kinds[one]].air_defence)])
    )


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
    handed = given[(given["group"] == "has") & (given["givers"].map(len) > 0)]
    if handed.empty:
        return f"to Ukraine {counts(given).replace(' in one country', '')}"
    names = handed.groupby("supplier")["system"].apply(lambda systems: sorted(set(systems)))
    number = phrases.spelled(len(names), "country", "countries")
    if len(names) == 1 and not view.system:
        return f"{names.index[0]} supplied Ukraine with {phrases.join(names.iloc[0])}"
    if view.system or names.map(len).max() == 1:
        who = phrases.join(list(names.index)) if len(names) <= 3 else number
        return f"{who} supplied Ukraine"
    first = names[names.map(len) == names.map(len).max()]
    most = phrases.join([f"{name} ({phrases.join(kinds)})" for name, kinds in first.items()])
    return f"{number} have supplied Ukraine with air defence, the most kinds of it {most}"


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """Ukraine's suppliers with what each gave, promised or refused; below, the systems with who has or ordered them."""
    return _drawn(frame.rows, theme, NARROW if narrow else WIDE)


def _drawn(rows: pd.DataFrame, theme: str, width: int) -> go.Figure:
    sheet = Sheet(theme, width)
    pairs = list(rows.itertuples())
    groups = [
        Group(heading, state, tuple(_by_supplier([pair for pair in pairs if pair.state == state], state, theme)))
        for state, heading in SUPPLIERS.items()
    ]
    given_columns, held_columns = (_closer(GIVEN), _closer(HELD)) if width == CARD else (GIVEN, HELD)
    draw_name_table(sheet, "To Ukraine: who gave, promised or refused what", given_columns, groups)
    others = [pair for pair in pairs if pair.part == "others"]
    groups = [
        Group(f"{camp.label}’s systems" if code != "other" else "Other systems", code, tuple(_by_system([pair for pair in others if pair.camp == code])))
        for code, camp in CAMPS.items()
    ]  # fmt: skip
    draw_name_table(sheet, "Elsewhere: who has, ordered, wants or declined which system", held_columns, groups)
    return sheet.figure()


def _closer(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns for a card, which is half as wide."""
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
