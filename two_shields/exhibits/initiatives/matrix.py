"""Who joined what, since when, how firmly: countries by initiatives, and beside them a line of time for each."""

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts.palette import MARKS
from two_shields.charts.since_when import NARROW_WIDTH, Column, Guide, Row, Span, draw_since_when
from two_shields.charts.style import Drawing, Group, Sign
from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES
from two_shields.domain import membership
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, notes_on, with_evidence
from two_shields.exhibits.initiatives.places import caption, places, scope
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import InitiativesView
from two_shields.text import dates, phrases

#: The groups of rows from above to below, with their headings.
HEADINGS: Mapping[str, str] = {
    "both": "In both camps",
    "german_led": "Sky Shield only",
    "french_led": "French-led track only",
    "will_join": "Says it will join",
    "neither": "In neither",
}
#: The two camps' initiatives, from the one with the most states to the one with the fewest.
ORDER = ("essi", "mistral-joint-purchase", "samp-t-programme", "eads")
#: As many countries doing one thing on one day are worth a line through all rows.
MOST_GUIDES, LEAST_SIGNERS = 4, 3
#: Of the lines of time, which a phone's grid does not have.
BROKEN = "Broken edge: the date is inferred."
#: As many countries as a card can hold.
MOST_ON_A_CARD = 14
COLUMNS = {
    "state_words": "Between the camps", "country": "Country", "initiative": "Initiative", "status_words": "Status",
    "date_words": "Date", "counts": "Counts as in",
}  # fmt: skip


def frame(record: Record, view: InitiativesView) -> Frame:
    """A row per country and initiative: where it stands, since when, and every step that led there (`steps`)."""
    columns = view.initiative or tuple(i for i in ORDER if i in record.initiative_names)
    rows = membership.standings(record, view.reading, view.as_of, columns)
    if view.country:
        rows = rows[rows["iso3"].isin(view.country)]
    # The groups of the map, whatever initiatives are the columns.
    states = places(record, view.replace(initiative=(), country=())).set_index("iso3")["fill"]
    countries, initiatives = record.country_names, record.initiative_names
    taken = _steps(record, view, columns)
    rows = rows.assign(
        country=rows["iso3"].map(countries),
        initiative=rows["initiative_id"].map(initiatives),
        camp=rows["initiative_id"].map(record.camps),
        state=[states[iso3] if states[iso3] in HEADINGS else "neither" for iso3 in rows["iso3"]],
        status_words=rows["status"].map(MEMBERSHIP_STATUSES.labels),
        date_words=[dates.known(row.when, row.from_publication) for row in tuples(rows)],
        column=rows["initiative_id"].map({initiative_id: place for place, initiative_id in enumerate(columns)}),
        counts=rows["inside"].map({True: "yes", False: "no"}),
        mark=rows["initiative_id"] + "|" + rows["iso3"],
        steps=[taken[row.initiative_id, row.iso3] for row in tuples(rows)],
    )
    rows["state_words"], rows["of"] = rows["state"].map(HEADINGS), rows["state"].map(states.value_counts())
    rows["heading"] = rows["country"] + ", " + rows["initiative"] + ": " + rows["status_words"]
    rows = with_evidence(record, rows)
    order = {state: place for place, state in enumerate(HEADINGS)}
    entered = rows[rows["inside"]].groupby("iso3")["since"].min()
    rows["order"] = [
        (order[row.state], entered.get(row.iso3) or "9999", row.country, row.column) for row in tuples(rows)
    ]
    rows = rows.sort_values("order").drop(columns="order").reset_index(drop=True)
    inside = rows[rows["inside"]].groupby("initiative_id")["iso3"].nunique()
    members = [f"{initiatives[i]} {inside.get(i, 0)}" for i in columns if i in initiatives]
    size = phrases.count(rows["iso3"].nunique(), "country", "countries"), phrases.count(len(columns), "initiative")
    return Frame.of(
        record, "initiatives-matrix", phrases.capital(scope(record, view) + _finding(record, view, rows, columns)),
        f"Grid of {' by '.join(size)}, with dates", rows, COLUMNS, f"Count as in: {', '.join(members)}.",
        key=_key(rows), wide_key=BROKEN if any(step[2] for steps in rows["steps"] for step in steps) else "",
        caption=caption(record, view, columns), notes=notes_on(record, rows), until=view.as_of or record.last_day,
    )  # fmt: skip


def _steps(
    record: Record, view: InitiativesView, columns: tuple[str, ...]
) -> dict[tuple[str, str], tuple[tuple[str, str, bool], ...]]:
    """By initiative and country, what brought it further: status, date, whether the date is inferred; in order of time.

    A later row that says no more than an earlier one, as a report of what had long been signed, is no step.
    """
    found: dict[tuple[str, str], tuple[tuple[str, str, bool], ...]] = {}
    for row in tuples(membership.changes(record, view.as_of, columns)):
        before = found.get((row.initiative_id, row.iso3), ())
        if not before or _rank(row.status) > _rank(before[-1][0]) or row.status == "declined":
            step = (row.status, row.when, row.from_publication or row.date_basis == "inferred")
            found[row.initiative_id, row.iso3] = (*before, step)
    return found


def _rank(status: str) -> int:
    """How firmly a status binds; who stays out is at the beginning again."""
    return {"bound": 3, "joined": 2, "intends": 1}.get(_group(status), 0)


def _finding(record: Record, view: InitiativesView, rows: pd.DataFrame, columns: tuple[str, ...]) -> str:
    """`23 countries are in the Sky Shield (ESSI), 13 of them bound by a signature; nine in the Mistral purchase, …`"""
    if len(view.country) == 1:
        standings = [
            f"{row.initiative}, {row.status_words}" + (f" ({row.date_words})" if row.date_words else "")
            for row in tuples(rows.head(3))
        ]
        words = "; ".join(standings) or "in none of these, as far as is known"
        return f"{record.country_names[view.country[0]]}: {words}"
    names, named = record.initiative_names, " named" if view.evidence == "articles" else ""
    parts = []
    for initiative_id in columns[:2]:
        members = rows[(rows["initiative_id"] == initiative_id) & rows["inside"]]
        if members.empty:
            continue
        bound = sum(any(_group(status) == "bound" for status, _, _ in steps) for steps in members["steps"])
        are = phrases.number(len(members)) + ("" if parts else " country is" if len(members) == 1 else " countries are")
        parts.append(f"{are}{named} in the {names[initiative_id]}, {phrases.number(bound)} bound by a signature")
    return "; ".join(parts) or "no country is known to be in one"


def _group(status: str) -> str:
    """The group of a status for this chart: who leads is in; what binds it is a signature of its own."""
    return "joined" if status == "lead" else MEMBERSHIP_STATUSES[status].group


def _symbol(status: str, camp: str) -> tuple[str, float]:
    """Plotly's symbol of a status, and its size: the camp's shape, filled where a signature binds."""
    shape = {"german_led": "circle", "french_led": "square"}.get(camp, "circle")
    if status == "lead":
        return "star", 15
    looks = {
        "bound": (shape, 11),
        "joined": (f"{shape}-open", 10),
        "intends": (f"{shape}-open-dot", 11),
        "declined": ("x-thin-open", 9),
    }
    return looks.get(_group(status), ("line-ew-open", 9))


def _key(rows: pd.DataFrame) -> str:
    words = {
        "lead": "★ leads",
        "bound": "● ■ bound by a signature",
        "joined": "○ □ joined, or signed a letter of intent",
        "intends": "⊙ says it will join",
        "outside": "– asked, invited or observing",
        "declined": "× stays out",
    }
    present = {"lead" if status == "lead" else _group(status) for status in rows["status"]}
    return " ".join(f"{sign}." for group, sign in words.items() if group in present) + " · no row."


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """The grid, and on a wide screen since when: thin from a letter or joining, thick from the signature that binds."""
    return _drawn(frame, frame.rows, theme, narrow=narrow)


def _drawn(frame: Frame, rows: pd.DataFrame, theme: str, *, narrow: bool) -> go.Figure:
    last = frame.until or date.max
    groups = [
        Group(
            f"{heading} · {_counted(frame.rows[frame.rows['state'] == state])}",
            state,
            tuple(_rows(members, theme, last)),
        )
        for state, heading in HEADINGS.items()
        if len(members := rows[rows["state"] == state])
    ]
    drawing = Drawing(theme, height=0)
    draw_since_when(drawing, _columns(frame.rows), groups, _guides(rows), last, narrow=narrow)
    return drawing.figure()


def _counted(members: pd.DataFrame) -> str:
    """`17`; `3 of 4` where the others of the group are in none of the initiatives or countries shown."""
    shown, whole = members["iso3"].nunique(), members["of"].iloc[0]
    return f"{shown} of {whole:.0f}" if shown < whole else str(shown)


def _columns(rows: pd.DataFrame) -> list[Column]:
    return [
        Column(
            key, cells["initiative"].iloc[0].partition(" (")[0].replace(" ", "<br>", 1),
            cells["camp"].iloc[0] if cells["camp"].iloc[0] != "other" else "grey", f"{int(cells['inside'].sum())} in",
        )
        for key, cells in rows.sort_values("column").groupby("initiative_id", sort=False)
    ]  # fmt: skip


def _rows(members: pd.DataFrame, theme: str, last: date) -> Iterable[Row]:
    for _, cells in members.groupby("iso3", sort=False):
        marks, spans, steps = {}, [], []
        for cell in tuples(cells):
            camp = cell.camp if cell.camp != "other" else "neither"
            hover = f"<b>{cell.heading}</b>" + (f"<br>{cell.date_words}" if cell.date_words else "")
            taken = [(status, day, unsure) for status, day, unsure in cell.steps if day]
            symbol, size = _symbol(cell.status, camp)
            marks[cell.initiative_id] = Sign(symbol, _colour(cell.status, camp, theme), cell.mark, hover, size)
            ends = [dates.latest(day) for _, day, _ in taken[1:]] + [last]
            for (status, when, unsure), end in zip(taken, ends, strict=True):
                day = dates.latest(when)
                symbol, size = _symbol(status, camp)
                known = f"{dates.words(when)}, inferred" if unsure else dates.words(when)
                words = f"<b>{cell.country}</b>, {cell.initiative}: {MEMBERSHIP_STATUSES[status].label}<br>{known}"
                sign = Sign(symbol, _colour(status, camp, theme), cell.mark, words, size - 1, unsure)
                steps.append((day, camp, sign))
                if _group(status) in ("bound", "joined") and day < end:
                    spans.append(Span(day, end, _group(status) == "bound", camp))
        yield Row(cells["country"].iloc[0], marks, tuple(spans), tuple(steps))


def _colour(status: str, camp: str, theme: str) -> str:
    return MARKS[theme]["neither" if status == "declined" else camp]


def _guides(rows: pd.DataFrame) -> list[Guide]:
    """The days on which several countries did the same in one initiative, the largest first."""
    found: dict[tuple[date, str, str, bool], int] = {}
    for row in tuples(rows):
        for status, day, _ in row.steps:
            if day and _group(status) in ("bound", "joined"):
                key = (dates.latest(day), dates.words(day), row.camp, _group(status) == "bound")
                found[key] = found.get(key, 0) + 1
    largest = sorted(((number, key) for key, number in found.items() if number >= LEAST_SIGNERS), reverse=True)
    did = {True: "bound by a signature", False: "join"}
    return [
        Guide(day, f"{words}: {number} {did[binds]}", camp if camp != "other" else "grey")
        for number, (day, words, camp, binds) in largest[:MOST_GUIDES]
    ]


def card(frame: Frame, theme: str = "light") -> go.Figure:
    """The grid of the first countries: those in both camps, then by date."""
    first = list(dict.fromkeys(frame.rows["iso3"]))[:MOST_ON_A_CARD]
    made = _drawn(frame, frame.rows[frame.rows["iso3"].isin(first)], theme, narrow=True)
    of = frame.rows["iso3"].nunique()
    note = f"{len(first)} of {of} countries" if len(first) < of else ""
    return made.update_layout(meta={"note": note, "width": NARROW_WIDTH})


EXHIBIT = Exhibit("initiatives-matrix", InitiativesView, view="matrix", frame=frame, panels=(figure,), card=card)
