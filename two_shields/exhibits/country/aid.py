"""A country's aid: what it gave and what that costs it, among the others; or what it received, by donor."""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import letters
from two_shields.charts.palette import CAMP_SYMBOL, MARKS, WORDS
from two_shields.charts.style import FROM_HERE, Drawing, faded
from two_shields.domain import aid
from two_shields.exhibits.aid import series, totals
from two_shields.exhibits.aid.look import BILLION
from two_shields.exhibits.aid.totals import all_totals
from two_shields.exhibits.country.summary import describe
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, with_evidence
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import CountryView
from two_shields.text import dates, phrases

WIDE, NARROW = 384.0, 358.0
HEIGHT, RAIL, LETTERS = 104.0, -52.0, 12.0
#: Donors named on the line beside the country itself, as far as there is room.
COMPARED = ("DEU", "GBR", "FRA", "POL", "SWE", "DNK", "USA")
COLUMNS = {
    "donor_name": "Donor", "amount_words": "Amount", "share_words": "Share of GDP 2021", "eu_words": "Its share of the EU's aid",
    "amount_eur": "Euros", "period_words": "Period",
}  # fmt: skip
TOTALS = {name: words for name, words in totals.COLUMNS.items() if name != "publisher"}


@dataclass(frozen=True)
class Place:
    """A value on the line; `label` names it where there is room."""

    value: float
    label: str
    mark: str
    hover: str


class _Row(NamedTuple):
    donor: str
    donor_name: str
    amount_eur: float
    amount_words: str
    share: float
    share_words: str
    eu_words: str
    camp: str
    here: bool
    mark: str


def frame(record: Record, view: CountryView) -> Frame | None:
    """Aid given, among the other donors; or received, by donor; published totals where there is no series; else None."""
    iso3, published = view.country, all_totals(record)
    receives = iso3 in set(published["recipient"])
    if aid.has_series(record) and (receives or iso3 in set(record["aid_monthly"]["donor"])):
        return _received(record, iso3) if receives else _given(record, iso3)
    rows = published[published["recipient" if receives else "donor"] == iso3].copy()
    return _totals(record, iso3, rows) if len(rows) else None


@cached(most=2)
def _donors(record: Record, part: str) -> pd.DataFrame:
    """A row per donor with what it gave in all, the most first; the same for every country that is shown among them."""
    period = aid.Period.of(record)
    sums, names, last = aid.sums(record, period), record.country_names, dates.words(period.last)
    rows = sums.assign(
        **series.of_source(record["aid_monthly"]["source_id"].iloc[0]),
        claim_ids=[()] * len(sums),
        period_words=f"to {last}",
        donor=sums.index,
        donor_name=[names.get(code, code) for code in sums.index],
        amount_eur=sums["total"],
        amount_words=sums["total"].map(phrases.euros),
        share=sums["total"] / sums["gdp"],
        mark=f"{part}|" + sums.index,
    )
    rows["share_words"], rows["eu_words"] = rows["share"].map(_percent), ""
    rows["heading"] = rows["donor_name"] + ": " + rows["amount_words"] + f" allocated to {last}, all kinds"
    return rows.reset_index(drop=True)


@cached(most=2)
def _states(record: Record, is_europe: bool) -> pd.DataFrame:
    """Every state of Europe that gave, or every state; the most first."""
    names, shared = record.country_names, aid.attributed(record).dropna().to_dict()
    rows = _donors(record, "given")
    is_state = rows["donor"].isin(set(names) - {aid.EU_INSTITUTIONS})
    is_of_group = rows["donor"].map(aid.bloc_of(record)).eq("europe") if is_europe else True
    rows = rows[is_state & is_of_group].reset_index(drop=True)
    rows["eu_words"] = [phrases.euros(shared[code]) if code in shared else "" for code in rows["donor"]]
    return rows.assign(camp=rows["donor"].map(aid.camp_of(record)))


def _given(record: Record, iso3: str) -> Frame:
    """A donor among those of Europe, or one elsewhere among all."""
    period, names = aid.Period.of(record), record.country_names
    is_europe = aid.bloc_of(record)[iso3] == "europe"
    rows = _states(record, is_europe)
    rows["here"] = rows["donor"] == iso3
    own = rows[rows["here"]].iloc[0]
    group = f"{len(rows)} European states" if is_europe else f"{len(rows)} states"
    by_sum, by_share = _rank(rows["amount_eur"], own["amount_eur"]), _rank(rows["share"], own["share"])
    share = f"; {own['share_words']} of its GDP, {by_share}" if own["share_words"] else ""
    title = f"{names[iso3]}: {own['amount_words']} of aid to Ukraine {period.words}, {by_sum} of {group}{share}"
    eu = (
        f" Its share of what the EU's institutions gave, {own['eu_words']}, is counted with the EU and is not in these sums."
        if own["eu_words"]
        else ""
    )
    caption = (
        f"Allocated: set aside for a named purpose or delivery, all kinds together. A state's GDP is that of 2021.{eu}"
    )
    return Frame.of(record, "country-aid", title, "Two lines of states", rows, COLUMNS, eu.strip(), caption=caption)


def _percent(share: float) -> str:
    return "" if pd.isna(share) else series.percent(100 * share)


def _rank(values: pd.Series, own: float) -> str:
    """`1st`, `15th`: how many are above, and one."""
    number = int((values > own).sum()) + 1
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _received(record: Record, iso3: str) -> Frame:
    """What each donor allocated, by the last month of the series; nothing is added up."""
    period = aid.Period.of(record)
    rows = _donors(record, "received").drop(columns="share")  # by which a frame of givers is known
    top = [f"{row.donor_name} {row.amount_words}" for row in tuples(rows.head(3))]
    title = (
        f"Aid to {record.country_names[iso3]} from {len(rows)} donors {period.words}: {phrases.join(top)} gave the most"
    )
    return Frame.of(
        record, "country-aid", title, "Bars by donor", rows, COLUMNS,
        caption="Allocated: set aside for a named purpose or delivery, all kinds together. A country's share of what the EU gives "
        "stands with the EU alone.",
    )  # fmt: skip


def _totals(record: Record, iso3: str, rows: pd.DataFrame) -> Frame:
    """Published totals, each with what it counts; never added up."""
    names = record.country_names
    rows["heading"] = [
        f"{row.donor_name}: {row.amount_words}, {row.kind_words}, {row.measure_words}, {row.period_words}"
        for row in tuples(rows)
    ]
    rows = with_evidence(record, rows.sort_values("amount_eur", ascending=False, kind="stable", ignore_index=True))
    largest = rows.iloc[0]
    others = f", the largest of {len(rows)} published totals" if len(rows) > 1 else ""
    whose = names[iso3] if largest["donor"] == iso3 else f"{largest['donor_name']} to {names[iso3]}"
    title = f"{whose}: {largest['amount_words']} {largest['measure_words']}, {largest['period_words']}{others}"
    caption = "Totals count different things over different periods; they are never added up."
    return Frame.of(record, "country-aid", title, "Bars of published totals", rows, TOTALS, caption=caption)


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    if "share" in frame.rows:
        return _strips(frame, theme, NARROW if narrow else WIDE)
    return _bars(frame, theme, narrow=narrow)


def _strips(frame: Frame, theme: str, width: float) -> go.Figure:
    rows = tuples(frame.rows, _Row)
    own = next(row for row in rows if row.here)
    group = "states" if {"USA", "others"} & {row.camp for row in rows} else "European states"
    drawing, top = Drawing(theme, height=0), 0.0
    for column, words, unit in (("amount_eur", "", BILLION), ("share", " of its GDP", 0.01)):
        value, there = getattr(own, column), frame.rows[column].dropna()
        if pd.isna(value):
            continue
        others = [
            Place(amount / unit, _label(row, amount / unit), row.mark, _hover(row))
            for row in rows
            if pd.notna(amount := getattr(row, column)) and not row.here
        ]
        amount = own.amount_words if column == "amount_eur" else own.share_words
        heading = f"<b>{amount}</b>{words}: {_rank(there, value)} of {len(there)} {group}"
        here = Place(value / unit, own.donor_name, own.mark, _hover(own))
        _strip(drawing, heading, own.camp, here, others, top, width)
        top -= HEIGHT
    note = f"Beside that, {own.eu_words} is its share of what the EU's institutions gave." if own.eu_words else ""
    lines = letters.wrap(note, width - 8, LETTERS)
    if lines:
        drawing.write(1, top, "<br>".join(lines), WORDS[theme]["grey"], LETTERS, **FROM_HERE)
    drawing.in_pixels(width, top - 16 * len(lines))
    return drawing.figure()


def _strip(
    drawing: Drawing, heading: str, camp: str, own: Place, others: list[Place], top: float, width: float
) -> None:
    """One among many on a line: a stroke for each, a mark for the one, and the names of a few to compare with."""
    grey, rail = WORDS[drawing.theme]["grey"], top + RAIL
    places = [own, *others]
    most = max([place.value for place in places], default=0) or 1.0
    colour = MARKS[drawing.theme].get(camp, MARKS[drawing.theme]["neither"])

    def x_of(value: float) -> float:
        return 8 + (width - 22) * max(0.0, value) / most

    drawing.write(1, top - 2, heading, size=13, **FROM_HERE)
    drawing.line(2, rail, width - 6, rail, faded(grey, 0.35), 1.2)
    drawing.add_scatter(
        x=[x for place in others for x in (x_of(place.value), x_of(place.value), None)],
        y=[y for _ in others for y in (rail - 9, rail + 9, None)],
        mode="lines", hoverinfo="skip", line={"color": faded(grey, 0.7), "width": 1.6},
    )  # fmt: skip
    drawing.add_choices([(x_of(place.value), rail, place) for place in others], 16)
    drawing.add_scatter(
        x=[x_of(own.value)], y=[rail], mode="markers",
        marker={
            "size": 15, "symbol": CAMP_SYMBOL.get(camp, "circle"), "line": {"width": 2, "color": colour},
            "color": colour if camp in CAMP_SYMBOL else drawing.ground,
        },
        customdata=[[own.mark]], hovertext=[own.hover], hoverinfo="text",
    )  # fmt: skip
    taken: list[tuple[float, float]] = []
    for place in places:
        half = letters.width(place.label, LETTERS, bold=place is own) * 0.53
        x = min(max(x_of(place.value), half + 1), width - half - 1)
        if place.label and not any(x - half < right + 6 and left < x + half + 6 for left, right in taken):
            taken.append((x - half, x + half))
            is_own = place is own
            ink = WORDS[drawing.theme].get(camp, "") if is_own else grey
            text = f"<b>{place.label}</b>" if is_own else place.label
            drawing.write(x, rail - 12, text, ink, LETTERS, xanchor="center", yanchor="top", borderpad=0)


def _label(row: _Row, value: float) -> str:
    name = "UK" if row.donor == "GBR" else row.donor_name
    return f"{name} {value:.1f}" if row.donor in COMPARED else ""


def _hover(row: _Row) -> str:
    share = f"<br>{row.share_words} of its GDP" if row.share_words else ""
    eu = f"<br>and {row.eu_words} as its share of the EU's aid" if row.eu_words else ""
    return f"<b>{row.donor_name}</b>: {row.amount_words}{share}{eu}"


def _bars(frame: Frame, theme: str, *, narrow: bool) -> go.Figure:
    """A bar per row, the largest on top, with its amount; the donors that gave the least are in the table."""
    most = 12 if narrow else 14
    rows = frame.rows.head(most).iloc[::-1]
    is_total = "kind_words" in rows
    drawing = Drawing(theme, height=34 + 24 * len(rows))
    labels = [f"{row.kind_words}, {row.measure_words}" if is_total else row.donor_name for row in tuples(rows)]
    drawing.add_bar(
        x=rows["amount_eur"] / BILLION, y=list(range(len(rows))), orientation="h",
        marker={"color": MARKS[theme]["neither"]}, text=rows["amount_words"], textposition="outside", cliponaxis=False,
        customdata=rows["mark"].to_numpy()[:, None], hovertext=rows["heading"], hoverinfo="text",
    )  # fmt: skip
    drawing.update_xaxes(visible=False, range=[0, 1.45 * rows["amount_eur"].max() / BILLION])
    drawing.update_yaxes(showgrid=False, tickvals=list(range(len(rows))), ticktext=labels)
    return drawing.figure()


EXHIBIT = Exhibit("country-aid", CountryView, frame=frame, panels=(figure,), resizes=True, order=2, describe=describe)
