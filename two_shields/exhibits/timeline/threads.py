"""What happened when: events on four threads of time, the weightiest with their words."""

from collections import Counter, namedtuple
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate
from operator import attrgetter, itemgetter

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style, threads
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import THREADS, TOPICS, thread_of
from two_shields.domain import procurement
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, facts_of, notes_on, with_evidence
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import TimelineView
from two_shields.text import dates, phrases

#: What came before is told in a sentence, unless a link asks for it or one country's whole story is shown.
SHOWN_FROM = date(2022, 1, 1)
#: The country whose aid and arms have a thread of their own.
UKRAINE = "UKR"
#: A year with fewer events shares its part of the list with its neighbours.
QUIET = 5


#: What is chosen, told and drawn by, of an event.
_Days = namedtuple("_Days", "topic iso3 placed start end")
_Told = namedtuple(
    "_Told", "mark title start end date date_words date_basis precision weight thread topic placed disputed"
)


def earlier(record: Record, view: TimelineView) -> tuple[date, ...]:
    """The first days that the events of a choice can mean which lie before the first day shown."""
    return _chosen(record.only(view.evidence), view)[1]


@cached(most=64)
def _chosen(record: Record, view: TimelineView) -> tuple[tuple[int, ...], tuple[date, ...]]:
    """Where among all events those stand that the view shows, and what is `earlier`."""
    first, last = first_day(view), view.until or date.max
    shown, before = [], []
    for place, row in enumerate(tuples(_every_event(record), _Days)):
        if (view.topic and row.topic not in view.topic) or (view.country and not set(row.iso3) & set(view.country)):
            continue
        if row.placed and first and row.end < first:
            before.append(row.start)
        elif not row.placed or row.start <= last:
            shown.append(place)
    return tuple(shown), tuple(before)


def by_period(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The dated rows by year, newest first, and newest first within each; quiet years that follow each other are one."""
    placed = [(row.start, row.end, place) for place, row in enumerate(tuples(rows, _Days)) if row.placed]
    placed.sort(key=itemgetter(0, 1), reverse=True)
    groups: list[dict[str, int]] = []
    for year, number in Counter(f"{first.year:04}" for first, *_ in placed).items():
        quiet = groups and all(events < QUIET for events in (number, *groups[-1].values()))
        groups[-1].update({year: number}) if quiet else groups.append({year: number})
    ordered, ends = rows.take([place for *_, place in placed]), accumulate(sum(group.values()) for group in groups)
    return {
        " to ".join(dict.fromkeys((min(group), max(group)))): ordered[end - sum(group.values()) : end]
        for group, end in zip(groups, ends, strict=True)
    }


def first_day(view: TimelineView) -> date | None:
    """The first day shown: the view's, or the default where the view leaves it open."""
    if view.since or view.country or (view.until and view.until < SHOWN_FROM):
        return view.since
    return SHOWN_FROM


@cached(most=1)
def _every_event(record: Record) -> pd.DataFrame:
    """All events with their words, in order of time, undated ones last: a choice makes no event's words anew."""
    rows = record["events"]
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
        thread=_threads(record, rows),
        topic_words=rows["topic"].map(TOPICS.labels),
        countries=[phrases.join([record.country_names[code] for code in codes]) for codes in rows["iso3"]],
        initiatives=[_names(record.initiative_names, codes) for codes in rows["initiative_ids"]],
        systems=[_names(record.system_names, codes) for codes in rows["system_ids"]],
    )
    rows["thread_words"] = rows["thread"].map(THREADS.labels)
    rows["heading"] = [
        f"{row.date_words}{' (inferred)' if row.date_basis == 'inferred' else ''}: {row.title}" for row in tuples(rows)
    ]
    return rows.sort_values(["start", "end", "event_id"], kind="stable", ignore_index=True)


def _threads(record: Record, rows: pd.DataFrame) -> list[str]:
    """Each event's thread, by its topic, and by the camps of its initiatives or else of its systems."""
    camp_of, systems = record.camps, procurement.tied_systems(record)
    found = []
    for row in tuples(rows):
        camps = [camp_of[initiative_id] for initiative_id in row.initiative_ids if initiative_id in camp_of]
        camps = camps or [camp for camp, ids in systems.items() if ids & set(row.system_ids)]
        found.append(thread_of(row.topic, camps, concerns_ukraine=UKRAINE in row.iso3))
    return found


def _names(names: Mapping[str, str], codes: Iterable[str]) -> str:
    """The names of those that the evidence chosen still holds."""
    return phrases.join([names[code] for code in codes if code in names])


def shown_events(record: Record, view: TimelineView) -> pd.DataFrame:
    return _every_event(record).take(_chosen(record, view)[0])


#: The threads of the two camps; what began each of them is the timeline's finding.
CAMPS = ("sky_shield", "french_led")
COLUMNS = {
    "date_words": "Date", "basis_words": "Date stated or inferred", "thread_words": "Thread", "topic_words": "Topic",
    "title": "Event", "weight": "Weight (1 is the heaviest)", "countries": "Countries", "initiatives": "Initiatives",
    "systems": "Systems",
}  # fmt: skip


def frame(record: Record, view: TimelineView) -> Frame:
    """The events of the view's topics, countries and days; what has no date is in the rows, and on no thread.

    `rows` has a row per event: `placed` (whether it has a date), `start`, `end` (the days that the date can mean),
    `middle`, `thread`, and `weight`, 1 the heaviest.
    """
    rows = with_evidence(record, shown_events(record, view))
    placed = _placed(rows)
    inferred = sum(row.date_basis == "inferred" for row in placed)
    return Frame.of(
        record, "timeline", _title(record, view, placed, len(rows) - len(placed)),
        f"Timeline of {phrases.count(len(placed), 'event')} on four threads", rows, COLUMNS,
        f"{_counts(placed)}." if placed else "", f"Inferred dates: {inferred}." if inferred else "",
        key=_key(placed), caption=_from(record, view), notes=notes_on(record, rows),
    )  # fmt: skip


def _placed(rows: pd.DataFrame) -> list[_Told]:
    """What has a date."""
    return [row for row in tuples(rows, _Told) if row.placed]


def _title(record: Record, view: TimelineView, placed: list[_Told], undated: int) -> str:
    """How the two camps began, where the rows shown have both; else how many events, and the latest of the heaviest."""
    prefix = _filters(record, view)
    if not placed:
        if undated:
            return f"{prefix}{phrases.count(undated, 'event')} without a date"
        return f"{prefix}the sources chosen report no event for this selection"
    if len(placed) == 1:
        row = placed[0]
        return f"{prefix}one dated event: {row.title}, {row.date_words}{_unsure(row)}"
    begun = [_beginning(placed, thread) for thread in CAMPS]
    if not (view.country or view.topic) and all(begun):
        first, then = sorted(begun, key=attrgetter("start"))
        return f"{prefix}{first.title} in {_month(first)}; {_later(first, then)} {_within(then.title)}"
    least = min(row.weight for row in placed)
    *others, heaviest = (row for row in placed if row.weight == least)
    years = sorted(row.date[:4] for row in placed)
    when = f"in {years[0]}" if years[0] == years[-1] else f"from {years[0]} to {years[-1]}"
    which = "the latest main one" if others else "the main one"
    return f"{prefix}{len(placed)} events {when}; {which}: {heaviest.title}, {heaviest.date_words}{_unsure(heaviest)}"


def _filters(record: Record, view: TimelineView) -> str:
    """`Estonia and Latvia, aid, until 2023: `: every filter in force; a first day that is the default is none."""
    day = {"from": view.since, "until": view.until}
    parts = [
        phrases.join([record.country_names[code] for code in view.country], most=3),
        phrases.join([TOPICS[topic].label.lower() for topic in view.topic]),
        *(f"{word} {dates.words(value.isoformat())}" for word, value in day.items() if value),
    ]
    text = ", ".join(filter(None, parts))
    return phrases.capital(f"{text}: ") if text else ""


def _beginning(placed: list[_Told], thread: str) -> _Told | None:
    """The first of the heaviest events by which states came together in a camp."""
    sought = thread, "membership", 1
    return next((row for row in placed if (row.thread, row.topic, row.weight) == sought), None)


def _month(row: _Told) -> str:
    return dates.words(row.date[:7]) + _unsure(row)


def _unsure(row: _Told) -> str:
    return " (inferred)" if row.date_basis == "inferred" else ""


def _later(first: _Told, then: _Told) -> str:
    """`eight months later`, of dates as precise as months; else when."""
    if min(len(first.date), len(then.date)) < 7:
        return f"in {_month(then)}"
    months = 12 * (then.start.year - first.start.year) + then.start.month - first.start.month
    if months < 1:
        return "in the same month"
    if months % 12 == 0:
        return f"{phrases.spelled(months // 12, 'year')} later"
    return f"{phrases.spelled(months, 'month')} later"


def _within(title: str) -> str:
    """A title within a sentence: without its capital where it begins with a number or an article."""
    first = title.partition(" ")[0].lower()
    plain = first in ("the", "a", "an", *map(phrases.number, range(13)))
    return title[:1].lower() + title[1:] if plain else title


def _counts(placed: list[_Told]) -> str:
    counts = Counter(row.thread for row in placed)
    return phrases.join([f"{THREADS[thread].label} {counts[thread]}" for thread in THREADS if thread in counts])


def _key(placed: list[_Told]) -> str:
    parts = [
        f"Each stroke is an event. The most important have their words, up to {threads.MOST_LABELS} where there is room."
    ]
    if any(row.precision != "day" for row in placed):
        parts.append("A soft bar: only the month or year is known.")
    if any(row.date_basis == "inferred" for row in placed):
        parts.append("A dotted stroke: the date is inferred, not stated.")
    return " ".join(parts)


def _from(record: Record, view: TimelineView) -> str:
    """The first day shown, and how many events lie before it."""
    first, before = first_day(view), len(earlier(record, view))
    if not first:
        return ""
    begin = str(first.year) if (first.month, first.day) == (1, 1) else dates.words(first.isoformat())
    return f"Shown from {begin} on; {phrases.count(before, 'event lies', 'events lie')} before."


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """Four threads under each other; narrow, four rails and a line of words for each of the weightiest."""
    return _drawn(frame, theme, None if narrow else threads.PAGE)


def card(frame: Frame, theme: str = "light") -> go.Figure:
    return _drawn(frame, theme, threads.CARD)


def _drawn(frame: Frame, theme: str, form: threads.Form | None) -> go.Figure:
    drawing = Drawing(theme, height=120)
    rows = _placed(frame.rows)
    if rows:
        begun = [_beginning(rows, thread) for thread in CAMPS]  # the title names them
        events = [_event(row, 0 if row in begun else row.weight) for row in rows]
        if form:
            threads.draw_threads(drawing, THREADS.labels, events, form)
        else:
            threads.draw_upright(drawing, THREADS.labels, events)
    return drawing.figure()


def _event(row: _Told, weight: int) -> threads.Event:
    hover = f"<b>{row.date_words}</b>{_unsure(row)}<br>"
    hover += style.in_box(row.title) + (f"<br>{style.DISPUTED} sources disagree" if row.disputed else "")
    return threads.Event(
        row.thread, row.start, row.end, dates.short(row.date), row.title, weight, row.mark, hover,
        row.date_basis == "inferred",
    )  # fmt: skip


EXHIBIT = Exhibit("timeline", TimelineView, frame=frame, panels=(figure,), card=card)
