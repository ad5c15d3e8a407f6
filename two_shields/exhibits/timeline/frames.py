"""The frame of the page Timeline: events in lanes, each on a level of its own where days are dense."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from two_shields.contract.vocabulary import TOPICS
from two_shields.exhibits.frame import Frame, facts_of, fit, notes_on, source_line, with_evidence
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.state.views import TimelineView
from two_shields.text import dates, phrases

#: What came before is told in a sentence, unless a link asks for it or one country's whole story is shown.
SHOWN_FROM = date(2017, 1, 1)
#: A year with fewer events shares its part of the list with its neighbours.
QUIET = 5
#: How much of the narrowest chart's width a mark takes: marks closer than that go on levels of their own.
MARK_SHARE = 0.042

#: How a date is known, from the mark's shape and filling.
PRECISION: Mapping[str, str] = {"day": "day known", "month": "month known", "year": "year known", "": "date not given"}


@cached(most=128)
def frame(record: Record, view: TimelineView) -> Frame:
    """The events of the view's topics, countries and days; what has no date is in the rows, and on no lane.

    `rows` has a row per event: `placed` (whether it has a date), `start`, `end` (the days that the date can
    mean), `middle`, `lane` (its topic), `level` (0 lowest; on one level no two marks of a lane touch).
    """
    kept = record.only(view.evidence)
    chosen = _chosen(kept, view)
    first = _first_day(view)
    rows = _where(
        chosen,
        (not row.placed or not _outside(row.start, row.end, first, view.until) for row in chosen.itertuples()),
    )
    rows = _levelled(rows)
    rows = with_evidence(kept, rows)
    placed = rows[rows["placed"]]
    undated = int((~rows["placed"]).sum())
    title = _title(kept, view, placed, undated)
    inferred = int((placed["date_basis"] == "inferred").sum())
    return Frame(
        "timeline",
        title,
        fit(
            f"Events over time, in a lane per topic. {title}.",
            f"{_lane_sentence(placed)}.",
            f"Inferred dates: {inferred}." if inferred else "",
        ),
        rows,
        {
            "date_words": "Date",
            "basis_words": "Date is",
            "topic_words": "Topic",
            "title": "Event",
            "countries": "Countries",
            "initiatives": "Initiatives",
            "systems": "Systems",
        },
        source_line(kept, rows["claim_ids"]),
        _caption(placed, _first_day(view)),
        notes_on(kept, rows),
    )


@cached(most=64)
def earlier(record: Record, view: TimelineView) -> pd.DataFrame:
    """The events of the view's topics and countries that lie before the first day shown, oldest first."""
    chosen = _chosen(record.only(view.evidence), view)
    first = _first_day(view)
    if first is None:
        return chosen.iloc[:0]
    return _where(chosen, (row.placed and row.end < first for row in chosen.itertuples()))


def by_period(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The dated rows by year, newest first, and newest first within each; quiet years that follow each other are one."""
    placed = rows[rows["placed"]].sort_values(["start", "end"], ascending=False, kind="stable")
    groups: list[list[str]] = []
    year_of = placed["date"].str[:4]
    counts = year_of.value_counts()
    for year in sorted(counts.index, reverse=True):
        quiet = groups and counts[year] < QUIET and all(counts[other] < QUIET for other in groups[-1])
        groups[-1].append(year) if quiet else groups.append([year])
    return {
        years[0] if len(years) == 1 else f"{years[-1]} to {years[0]}": placed[year_of.isin(years)] for years in groups
    }


def _where(rows: pd.DataFrame, wanted: Iterable[bool]) -> pd.DataFrame:
    """The rows that are wanted, with all columns even where there are no rows."""
    return rows[pd.Series(list(wanted), index=rows.index, dtype=bool)]


def _first_day(view: TimelineView) -> date | None:
    """The first day shown: the view's, or the default where the view leaves it open."""
    if view.since or view.country or (view.until and view.until < SHOWN_FROM):
        return view.since
    return SHOWN_FROM


def _outside(start: date, end: date, first: date | None, last: date | None) -> bool:
    """Whether no day that the date can mean is shown."""
    return bool((first and end < first) or (last and start > last))


@cached(most=64)
def _chosen(kept: Record, view: TimelineView) -> pd.DataFrame:
    """The events of the view's topics and countries with their words, in order of time, undated ones last."""
    rows = kept["events"]
    if view.topic:
        rows = rows[rows["topic"].isin(view.topic)]
    if view.country:
        rows = _where(rows, (bool(set(iso3) & set(view.country)) for iso3 in rows["iso3"]))
    spans = [dates.span(day) if day else (date.max, date.max) for day in rows["date"]]
    rows = rows.assign(
        mark=rows["event_id"],
        facts=facts_of("events", rows["event_id"]),
        placed=(rows["date"] != "").astype(bool),
        start=[first for first, _ in spans],
        end=[last for _, last in spans],
        middle=[first + (last - first) / 2 for first, last in spans],
        precision=[{10: "day", 7: "month", 4: "year"}.get(len(day), "") for day in rows["date"]],
        date_words=rows["date"].map(dates.words),
        basis_words=rows["date_basis"].map({"stated": "stated", "inferred": "inferred"}).fillna(""),
        lane=rows["topic"],
        topic_words=rows["topic"].map(TOPICS.labels),
        countries=[phrases.join([kept.country_names[code] for code in codes]) for codes in rows["iso3"]],
        initiatives=[phrases.join(_names(kept.initiative_names, codes)) for codes in rows["initiative_ids"]],
        systems=[phrases.join(_names(kept.system_names, codes)) for codes in rows["system_ids"]],
    )
    rows["heading"] = [
        f"{row.date_words}{' (inferred)' if row.date_basis == 'inferred' else ''}: {row.title}"
        for row in rows.itertuples()
    ]
    return rows.sort_values(["start", "end", "event_id"], kind="stable").reset_index(drop=True)


def _names(names: Mapping[str, str], codes: Iterable[str]) -> list[str]:
    """The names of those that the evidence chosen still holds."""
    return [names[code] for code in codes if code in names]


def _levelled(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their level within their lane; undated ones have none (-1)."""
    level = pd.Series(-1, index=rows.index)
    placed = rows[rows["placed"]]
    if len(placed):
        room = room_of_a_mark(placed["start"].min(), placed["end"].max())
        for _, lane in placed.groupby("lane"):
            level.loc[lane.index] = levels(lane["start"], lane["end"], room)
    return rows.assign(level=level)


def room_of_a_mark(first: date, last: date, share: float = MARK_SHARE) -> timedelta:
    """The days that a mark takes on the narrowest chart between two days: an even number, so that halves are days."""
    return timedelta(days=2 * math.ceil(max(30, (last - first).days) * share / 2))


def levels(starts: Sequence[date], ends: Sequence[date], room: timedelta) -> list[int]:
    """The lowest level for each period, in order, on which nothing touches it.

    A mark stands in the middle of its period and takes at least `room`.
    """
    taken: list[list[tuple[date, date]]] = []
    found = []
    for start, end in zip(starts, ends, strict=True):
        middle = start + (end - start) / 2
        left, right = min(start, middle - room / 2), max(end, middle + room / 2)
        free = (
            place
            for place, periods in enumerate(taken)
            if all(right <= other[0] or left >= other[1] for other in periods)
        )
        place = next(free, len(taken))
        if place == len(taken):
            taken.append([])
        taken[place].append((left, right))
        found.append(place)
    return found


def _title(kept: Record, view: TimelineView, placed: pd.DataFrame, undated: int) -> str:
    """The busiest year, or where years tie the first of them, and what it was busy with."""
    where = phrases.join([kept.country_names[code] for code in view.country], most=3)
    prefix = f"{where}: " if where else ""
    if placed.empty:
        if undated:
            return f"{prefix}{phrases.count(undated, 'event')}, and no source dates {'it' if undated == 1 else 'any'}"
        return f"{prefix}the evidence chosen holds no event for this choice"
    if len(placed) == 1:
        row = placed.iloc[0]
        return f"{prefix}one dated event: {row['title']}, {row['date_words']}"
    years = placed["date"].str[:4].value_counts()
    busiest = sorted(years[years == years.max()].index)
    since = f" since {SHOWN_FROM.year}" if _first_day(view) == SHOWN_FROM and not view.until else ""
    total = phrases.count(len(placed), "dated event") + since
    if len(years) == 1:
        return f"{prefix}{total} in {busiest[0]}, {_mostly(placed)}"
    if years.max() < QUIET - 1 and len(placed) > years.max():
        return f"{prefix}{total} from {min(years.index)} to {max(years.index)}, {_mostly(placed)}"
    if len(busiest) > 1:
        return f"{prefix}{phrases.join(busiest)} are the busiest years in the record: {years.max()} each of {total}"
    of_year = placed[placed["date"].str.startswith(busiest[0])]
    return f"{prefix}{busiest[0]} is the busiest year in the record: {len(of_year)} of {total}, {_mostly(of_year)}"


def _mostly(rows: pd.DataFrame) -> str:
    """`17 of them on procurement`; where topics tie, both."""
    topics = rows["topic"].value_counts()
    most = sorted(topics[topics == topics.max()].index, key=list(TOPICS).index)
    words = phrases.join([TOPICS[topic].label.lower() for topic in most])
    if len(topics) == 1:
        return f"all on {words}"
    if len(most) > 2:
        return f"on {phrases.count(len(topics), 'topic')}"
    return f"{topics.max()} of them on {words}" if len(most) == 1 else f"{topics.max()} each on {words}"


def _lane_sentence(placed: pd.DataFrame) -> str:
    counts = placed["topic"].value_counts()
    return phrases.join([f"{TOPICS[topic].label} {counts[topic]}" for topic in TOPICS if topic in counts]) or "No lane"


def _caption(placed: pd.DataFrame, first: date | None) -> str:
    parts = ["Each mark is an event, in the lane of its topic; where days are dense marks stack."]
    if (placed["precision"] != "day").any():
        parts.append("A square on a bar: only the month or the year is known, and the bar covers it.")
    if (placed["date_basis"] == "inferred").any():
        parts.append("Hollow: the date is inferred, not printed.")
    if first:
        parts.append(f"Shown from {first.year if first == SHOWN_FROM else dates.words(first.isoformat())} on.")
    return " ".join(parts)
