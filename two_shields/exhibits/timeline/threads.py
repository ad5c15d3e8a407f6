"""What happened when: events on four threads of time, the weightiest with their words."""

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style, threads, upright_threads
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import TOPICS
from two_shields.contract.vocabulary.events import THREADS
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, notes_on, with_evidence
from two_shields.exhibits.timeline.events import earlier, first_day, shown_events
from two_shields.record.record import Record
from two_shields.state.views import TimelineView
from two_shields.text import dates, phrases

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
    placed = rows[rows["placed"]]
    inferred = int((placed["date_basis"] == "inferred").sum())
    return Frame.of(
        record, "timeline", _title(record, view, placed, int((~rows["placed"]).sum())),
        f"Timeline of {phrases.count(len(placed), 'event')} on four threads", rows, COLUMNS,
        f"{_counts(placed)}." if len(placed) else "", f"Inferred dates: {inferred}." if inferred else "",
        caption=_caption(record, view, placed), notes=notes_on(record, rows),
    )  # fmt: skip


def _title(record: Record, view: TimelineView, placed: pd.DataFrame, undated: int) -> str:
    """How the two camps began, where the rows shown have both; else how many events, and the latest of the heaviest."""
    prefix = _filters(record, view)
    if placed.empty:
        if undated:
            return f"{prefix}{phrases.count(undated, 'event')} without a date"
        return f"{prefix}the sources chosen report no event for this selection"
    if len(placed) == 1:
        row = placed.iloc[0]
        return f"{prefix}one dated event: {row['title']}, {row['date_words']}{_unsure(row)}"
    begun = [_beginning(placed, thread) for thread in CAMPS]
    if not (view.country or view.topic) and all(row is not None for row in begun):
        first, then = sorted(begun, key=lambda row: row["start"])
        return f"{prefix}{first['title']} in {_month(first)}; {_later(first, then)} {_within(then['title'])}"
    heaviest = placed[placed["weight"] == placed["weight"].min()].iloc[-1]
    years = placed["date"].str[:4]
    when = f"in {years.min()}" if years.min() == years.max() else f"from {years.min()} to {years.max()}"
    which = "the latest main one" if (placed["weight"] == heaviest["weight"]).sum() > 1 else "the main one"
    return f"{prefix}{len(placed)} events {when}; {which}: {heaviest['title']}, {heaviest['date_words']}{_unsure(heaviest)}"


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


def _beginning(placed: pd.DataFrame, thread: str) -> pd.Series | None:
    """The first of the heaviest events by which states came together in a camp."""
    rows = placed[(placed["thread"] == thread) & (placed["topic"] == "membership") & (placed["weight"] == 1)]
    return None if rows.empty else rows.iloc[0]


def _month(row: pd.Series) -> str:
    return dates.words(row["date"][:7]) + _unsure(row)


def _unsure(row: pd.Series) -> str:
    return " (inferred)" if row["date_basis"] == "inferred" else ""


def _later(first: pd.Series, then: pd.Series) -> str:
    """`eight months later`, of dates as precise as months; else when."""
    if min(len(first["date"]), len(then["date"])) < 7:
        return f"in {_month(then)}"
    months = 12 * (then["start"].year - first["start"].year) + then["start"].month - first["start"].month
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


def _counts(placed: pd.DataFrame) -> str:
    counts = placed["thread"].value_counts()
    return phrases.join([f"{THREADS[thread].label} {counts[thread]}" for thread in THREADS if thread in counts])


def _caption(record: Record, view: TimelineView, placed: pd.DataFrame) -> str:
    """How to read it, and how many events lie before the first day shown."""
    parts = [
        f"Each stroke is an event. The most important have their words, up to {threads.MOST_LABELS} where there is room."
    ]
    if (placed["precision"] != "day").any():
        parts.append("A soft bar: only the month or year is known.")
    if (placed["date_basis"] == "inferred").any():
        parts.append("A dotted stroke: the date is inferred, not stated.")
    first, before = first_day(view), len(earlier(record, view))
    if first:
        begin = str(first.year) if (first.month, first.day) == (1, 1) else dates.words(first.isoformat())
        parts.append(f"Shown from {begin} on; {phrases.count(before, 'event lies', 'events lie')} before.")
    return " ".join(parts)


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """Four threads under each other; narrow, four rails and a line of words for each of the weightiest."""
    return _drawn(frame, theme, None if narrow else threads.PAGE)


def card(frame: Frame, theme: str = "light") -> go.Figure:
    """The threads with as many words as a card has room for."""
    return _drawn(frame, theme, threads.CARD)


def _drawn(frame: Frame, theme: str, form: threads.Form | None) -> go.Figure:
    """In a wide form, or without one upright."""
    drawing = Drawing(theme, height=120)
    rows = frame.rows[frame.rows["placed"]]
    if len(rows):
        events = [_event(row) for row in rows.itertuples()]
        if form:
            threads.draw_threads(drawing, THREADS.labels, events, form)
        else:
            upright_threads.draw_upright(drawing, THREADS.labels, events)
    return drawing.figure()


def _event(row) -> threads.Event:
    hover = f"<b>{row.date_words}</b>{' (inferred)' if row.date_basis == 'inferred' else ''}<br>"
    hover += "<br>".join(phrases.wrap(row.title, 60)) + (
        f"<br>{style.DISPUTED} sources disagree" if row.disputed else ""
    )
    return threads.Event(
        row.thread, row.start, row.end, dates.short(row.date), row.title, row.weight, row.mark, hover,
        row.date_basis == "inferred",
    )  # fmt: skip


EXHIBIT = Exhibit("timeline", TimelineView, frame=frame, panels=(figure,), card=card)
