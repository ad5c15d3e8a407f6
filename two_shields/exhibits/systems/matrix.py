"""Who has what: countries by systems, grouped by whose systems they have or ordered."""

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts.palette import MARKS
from two_shields.charts.sheet import CARD, NARROW, WIDE, Sheet
from two_shields.charts.style import Sign
from two_shields.charts.who_has import Column, Group, Row, draw_who_has
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
#: As many countries as a card can hold.
MOST_ON_A_CARD = 13


def frame(record: Record, view: SystemsView) -> Frame:
    """A row per pair of a country and a system, and one more where an owner stationed it there."""
    systems = shown_systems(record, view)
    rows = standings(record, systems, view.stage)
    states, whose = membership.states(record, "signed").set_index("iso3")["state"], _whose(rows)
    rows = rows.assign(
        state=[states.get(iso3, "unknown") for iso3 in rows["iso3"]],
        whose=[whose.get(iso3, "none") for iso3 in rows["iso3"]],
    )
    rows["whose_words"] = rows["whose"].map(HEADINGS)
    layers = dict(zip(record["systems"]["system_id"], record["systems"]["layers"], strict=True))
    order = {layer: place for place, layer in enumerate(SAID_LAYERS)}
    rows["column"] = [
        (list(CAMPS).index(row.camp), *(order[layer] for layer in layers[row.system_id][:1] or ("exo_atmospheric",)), row.system)
        for row in rows.itertuples()
    ]  # fmt: skip
    countries = phrases.count(rows["iso3"].nunique(), "country", "countries")
    return Frame.of(
        record, "systems-matrix", _title(record, view, systems, rows),
        f"Grid of {countries} by {phrases.count(rows['system_id'].nunique(), 'system')}",
        rows, {"whose_words": "Has or ordered", "country": "Country", **COLUMNS},
        f"{phrases.capital(counts(rows, most=2))}." if len(rows) else "",
        caption=KEY + caption(view), notes=(*held_by_ukraine(rows), *notes(record, view, systems, rows)),
    )  # fmt: skip


def _whose(rows: pd.DataFrame) -> dict[str, str]:
    """By country, whose systems it has or ordered."""
    firm = rows[rows["group"].isin(FIRM)]
    found = {}
    for iso3, camps in firm.groupby("iso3")["camp"]:
        mine = set(camps) - {"other"}
        found[iso3] = "both" if len(mine) == 2 else next(iter(mine), "other")
    return found


def _title(record: Record, view: SystemsView, systems: tuple[str, ...], rows: pd.DataFrame) -> str:
    """Who has or ordered systems of both camps; where few systems are chosen, how many stand where with them."""
    if rows.empty:
        return nothing(record, view, systems)
    both = sorted(set(rows.loc[rows["whose"] == "both", "country"]))
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
    """Countries by systems: a filled or hollow square, a dot, a triangle or a cross, in the system's camp's colour."""
    return _drawn(frame.rows, theme, NARROW if narrow else WIDE, _members(frame.rows))


def _members(rows: pd.DataFrame) -> pd.Series:
    return rows.groupby("whose")["iso3"].nunique()


def _drawn(rows: pd.DataFrame, theme: str, width: int, members: pd.Series) -> go.Figure:
    """The rows under headings with the number of all countries of their group."""
    columns = rows.drop_duplicates("system_id").sort_values("column")
    groups = [
        Group(f"{heading} · {members[whose]}", "" if whose == "none" else whose, _rows(rows[rows["whose"] == whose], theme))
        for whose, heading in HEADINGS.items()
        if (rows["whose"] == whose).any()
    ]  # fmt: skip
    sheet = Sheet(theme, width)
    camps = {code: camp.label for code, camp in CAMPS.items()}
    draw_who_has(sheet, [Column(row.system_id, row.system, row.camp) for row in columns.itertuples()], camps, groups)
    return sheet.figure()


def _rows(rows: pd.DataFrame, theme: str) -> tuple[Row, ...]:
    marks = MARKS[theme]
    found = []
    for country, cells in rows.sort_values("column").groupby("country"):
        signs: dict[str, tuple[Sign, ...]] = {}
        for cell in cells.itertuples():
            symbol, size = SYMBOLS[cell.group]
            camp = "neither" if cell.group in ("stationed", "refused") else cell.camp
            colour = marks.get(camp, marks["neither"])
            words = hover(cell) + ("<br>sources disagree" if cell.disputed else "")
            sign = Sign(symbol, colour, cell.mark, words, size, cell.is_inferred)
            signs[cell.system_id] = (*signs.get(cell.system_id, ()), sign)
        found.append(Row(country, cells["state"].iloc[0], signs))
    return tuple(found)


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
