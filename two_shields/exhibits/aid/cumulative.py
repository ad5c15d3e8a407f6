"""Aid over time: what was allocated, added up month by month; by donor, camp, bloc or kind.

Money without a month stands at the end of its line, as a step up to the whole. The EU's aid is in Europe's line and in
its own, and in no state's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from two_shields.contract.table import EU_INSTITUTIONS
from two_shields.contract.vocabulary import AID_KINDS
from two_shields.domain import aid
from two_shields.domain.aid import BLOCS, CAMPS, EUROPE, UNITED_STATES, Period
from two_shields.exhibits.aid import cumulative_figure, cumulative_title, series, spans
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, facts_of, with_evidence
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import AidView
from two_shields.text import dates, phrases

NAME = "aid-cumulative"
#: As many of Europe's states have a line with a name.
MOST_NAMED = 9
TOGETHER = "together"
#: The groups of camps that make up Europe, from the bottom of the drawing.
STACKED = ("german_led", "both", "french_led", "neither", EU_INSTITUTIONS)


@dataclass(frozen=True)
class Line:
    """A running sum: whose, in which panel (`left` or `right`), and whether it has a name, `named` or `rest`."""

    code: str
    name: str
    panel: str = "left"
    weight: str = "named"


def frame(record: Record, view: AidView, *, only: str = "") -> Frame:
    """Running sums of the series, of `only` one panel or of both; where the evidence has none for this choice,
    published totals over their periods."""
    if not series.has_money(record, view):
        return spans.frame(record, view)
    period = series.period_of(record, view)
    sums, running = _of(record, view, period)
    lines = list(_lines(record, view, sums))
    shown = [line for line in lines if only in ("", line.panel)]
    of_kind = _of_kind(record, view, period)
    points = [point for line in shown for point in _points(record, view, line, sums, running, period, of_kind)]
    if not points:  # by GDP, of which none is known
        return spans.frame(record, view)
    if view.by == "camp" and not view.donor:
        points += _economies(record, view, period)
    loans = _loans(record, view, period)
    rows = pd.DataFrame([*series.rows(record, points, view), *loans])
    title = cumulative_title.title(record, view, sums, period)
    shares = {"share_words": "Share of GDP"} if view.per == "gdp" or view.by == "camp" else {}
    added_up = TOGETHER if view.by in ("bloc", "kind") else EUROPE  # of other lines; as a bloc, Europe is none
    undated = sum(sums[line.code]["undated"] for line in lines if line.code != added_up)
    return Frame.of(
        record, NAME, title, "Lines of running sums", rows, series.COLUMNS | shares,
        key=series.signs() if view.by == "donor" else "",
        caption=series.caption(record, period, undated, _beside(loans), _apart(view)),
        notes=(*_members(record, view), *series.notes(record)),
    )  # fmt: skip


def _of(record: Record, view: AidView, period: Period) -> tuple[dict[str, dict[str, float]], dict[str, list[float]]]:
    choice = {"kinds": tuple(view.kind), "donors": tuple(view.donor)}
    sums = aid.totals(record, period, by=view.by, **choice)
    running = _running(record, view, period, choice["kinds"])
    if view.by in ("donor", "camp") and not view.donor:
        blocs = aid.totals(record, period, by="bloc", **choice)
        sums |= {code: row for code, row in blocs.items() if code == EUROPE}
    if view.by == "kind" and len(sums) > 1:
        kinds = sums.values()
        gdp = next(iter(kinds))["gdp"]
        sums[TOGETHER] = {name: sum(row[name] for row in kinds) for name in next(iter(kinds))} | {"gdp": gdp}
        running[TOGETHER] = [sum(amounts) for amounts in zip(*(running[kind] for kind in sorted(running)), strict=True)]
    return sums, running


def _lines(record: Record, view: AidView, sums: Mapping[str, Mapping[str, float]]) -> Iterator[Line]:
    names = record.country_names
    if view.by == "kind":
        left = {kind: phrases.capital(AID_KINDS[kind].label) for kind in aid.KINDS} | {TOGETHER: "All kinds"}
    elif view.by == "bloc":
        left = {code: group.name for code, group in BLOCS.items()}
    elif view.by == "camp":
        left = {code: CAMPS[code].name for code in (*STACKED, UNITED_STATES, "others")} | {EUROPE: "Europe together"}
    elif view.donor:
        left = {code: names[code] for code in sums}
    else:
        left = {code: CAMPS.get(code, BLOCS[EUROPE]).name for code in (EUROPE, UNITED_STATES, EU_INSTITUTIONS)}
    yield from (Line(code, name) for code, name in left.items() if code in sums)
    if view.by == "donor" and not view.donor:
        states = [code for code in sums if aid.bloc_of(record).get(code) == EUROPE and code != EU_INSTITUTIONS]
        if view.per == "gdp":
            states = sorted(states, key=lambda code: -sums[code]["total"] / sums[code]["gdp"])
        for place, code in enumerate(states):
            yield Line(code, names[code], "right", "named" if place < MOST_NAMED else "rest")


def _running(record: Record, view: AidView, period: Period, kinds: tuple[str, ...]) -> dict[str, list[float]]:
    found = aid.running(record, period, by=view.by, kinds=kinds, donors=tuple(view.donor))
    if view.by in ("donor", "camp") and not view.donor:
        blocs = aid.running(record, period, by="bloc", kinds=kinds)
        found |= {code: amounts for code, amounts in blocs.items() if code == EUROPE}
    return found


def _of_kind(record: Record, view: AidView, period: Period) -> Mapping[tuple[str, str], str]:
    """By code and month, at the end of each year: `military €10.7 billion, financial …`; none of one kind alone.

    It is what readers ask first of a donor; so they have it without a filter.
    """
    kinds = aid.chosen_kinds(view.kind)
    if view.by == "kind" or len(kinds) < 2:
        return {}
    found: dict[tuple[str, str], list[str]] = {}
    ends = [(place, month) for place, month in enumerate(period.months) if _ends(month, period)]
    for kind in kinds:
        for code, amounts in _running(record, view, period, (kind,)).items():
            for place, month in ends:
                if amounts[place]:
                    words = f"{AID_KINDS[kind].label} {phrases.euros(amounts[place])}"
                    found.setdefault((code, month), []).append(words)
    return {key: phrases.join(words) for key, words in found.items()}


def _ends(month: str, period: Period) -> bool:
    """Whether the month is the last of its year or of the period."""
    return month.endswith("-12") or month == period.last


def _points(
    record: Record, view: AidView, line: Line, sums: Mapping[str, Mapping[str, float]],
    running: Mapping[str, Sequence[float]], period: Period, of_kind: Mapping[tuple[str, str], str],
) -> Iterator[Mapping[str, object]]:  # fmt: skip
    """A mark where a line rises or falls, at its ends, and where it has money without a month at the whole."""
    whole, values, kinds = sums[line.code], running[line.code], series.kinds(view)
    scale = 100 / whole["gdp"] if view.per == "gdp" else 1e-9
    if view.per == "gdp" and whole["gdp"] != whole["gdp"]:
        return
    common = {
        "measured": view.per, "code": line.code, "name": line.name, "panel": line.panel, "weight": line.weight,
        "camp": aid.camp_of(record).get(line.code, line.code), "sign": aid.sign_of(record, line.code),
        "iso3": line.code if line.code in record.country_names else "",
    }  # fmt: skip
    if view.by == "kind":
        common["kind_words"] = AID_KINDS[line.code].label if line.code in AID_KINDS else series.kind_words(view)
    marks = [
        (month, amount, "", f"allocated to {dates.words(month)}, {of_kind.get((line.code, month), kinds)}")
        for month, amount, before in zip(period.months, values, [None, *values[:-1]], strict=True)
        if (_ends(month, period) if line.weight == "rest" else amount != before or month == period.last)
    ]
    if period.whole and whole["undated"]:
        words = f"in all, {phrases.euros(whole['undated'])} of it without a month, {kinds}"
        marks.append(("", whole["total"], ", with what has no month", words))
    for month, amount, more, words in marks:
        until = month or period.last
        yield common | {
            "series": "line" if month else "whole", "month": month, "end": dates.latest(until).isoformat(),
            "amount_eur": amount, "value": amount * scale, "mark": f"{line.code}|{month or 'whole'}",
            "period_words": f"to {dates.words(until)}{more}", "share_words": series.share(amount, whole["gdp"]),
            "heading": f"{line.name}: {phrases.euros(amount)} {words}",
        }  # fmt: skip


def _economies(record: Record, view: AidView, period: Period) -> Iterator[Mapping[str, object]]:
    """Each camp's sum as a share of its states' economies, and each of its states' own."""
    groups = aid.totals(record, period, by="camp", kinds=tuple(view.kind))
    donors = aid.totals(record, period, kinds=tuple(view.kind))
    for code in ("german_led", "both", "french_led", "neither"):
        if code not in groups:
            continue
        states = aid.members(record, "camp", code)
        for is_state, key, row in (
            (False, code, groups[code]),
            *((True, state, donors[state]) for state in states if state in donors),
        ):
            name = record.country_names[key] if is_state else CAMPS[code].name
            share = series.share(row["total"], row["gdp"])
            yield {
                "measured": view.per, "series": "state" if is_state else "economy", "code": key, "name": name, "panel": "right",
                "weight": "named", "camp": code, "sign": CAMPS[code].sign, "month": "", "iso3": key if is_state else "",
                "end": "", "amount_eur": row["total"], "value": 100 * row["total"] / row["gdp"],
                "period_words": period.words, "share_words": share, "mark": f"{key}|economy",
                "heading": f"{name}: {phrases.euros(row['total'])}, {share}, {period.words}",
            }  # fmt: skip


def _loans(record: Record, view: AidView, period: Period) -> list[dict[str, Any]]:
    """Loans agreed for a time that the series has only begun: told beside the line of who lends it, and not in it."""
    is_shown = period.whole and view.by in ("donor", "camp") and view.per == "euro" and not view.kind
    loans, donors = _agreed(record), view.donor or (EU_INSTITUTIONS,)
    if not is_shown or set(donors).isdisjoint(loans["donor"]):
        return []
    return with_evidence(record, loans[loans["donor"].isin(donors)]).to_dict("records")


@cached(most=1)
def _agreed(record: Record) -> pd.DataFrame:
    last, table = Period.of(record).last, record["aid"]
    is_agreed = (
        (table["kind"] == "loan")
        & (table["period_start"] >= last[:4])
        & table["measure"].isin(("reported", "committed"))
        & (table["part_of"] == "")
    )
    table = table[is_agreed].sort_values("amount_eur", ascending=False).drop_duplicates(["donor", "amount_eur"])
    loans = table.assign(
        facts=facts_of("aid", table["aid_id"]), series="loan", measured="euro", code=table["donor"], name=table["donor"].map(record.country_names), panel="left", weight="named",
        camp=table["donor"], sign="", month="", value=0.0, iso3="", kind_words=AID_KINDS["loan"].label,
        end=dates.latest(last).isoformat(), amount_words=table["amount_eur"].map(phrases.euros), share_words="", publisher="", source_id="", mark=table["aid_id"],
        period_words=[dates.period(row.period_start[:4], row.period_end[:4], row.as_of) for row in tuples(table)],
    )  # fmt: skip
    loans["heading"] = [
        f"{row.name}: a loan of {row.amount_words} for {row.period_words}, not in the lines" for row in tuples(loans)
    ]
    return loans


def _beside(loans: Sequence[Mapping[str, str]]) -> str:
    amounts = [f"{loan['amount_words']} for {loan['period_words']}" for loan in loans]
    return f"Not in the lines: what is to be lent, {phrases.join(amounts)}." if amounts else ""


def _apart(view: AidView) -> str:
    if view.by == "camp":
        return (
            "States are grouped by where they stand in this version of the data, also for months before they joined; "
            "who leads, signed for or joined an initiative counts as in it."
        )
    if view.by == "kind":
        return ""
    gdp = " Shares are of the GDP of 2021; the EU's institutions have no economy of their own."
    return "A state's part in the EU's aid is in the EU institutions' line alone." + (gdp if view.per == "gdp" else "")


def _members(record: Record, view: AidView) -> Iterator[str]:
    if view.donor:
        return
    groups = {"camp": CAMPS, "bloc": BLOCS, "donor": {EUROPE: BLOCS[EUROPE]}}.get(view.by, {})
    for code, group in groups.items():
        members = aid.members(record, "camp" if view.by == "camp" else "bloc", code)
        names = sorted(record.country_names[donor] for donor in members)
        if len(names) > 1:
            yield f"{group.name} adds up {phrases.join(names)}."


EXHIBIT = Exhibit(
    NAME, AidView, view="cumulative", frame=frame, panels=(cumulative_figure.figure,), card=cumulative_figure.card
)
