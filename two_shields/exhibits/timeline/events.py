"""The events of a choice of topics, countries and days, in order of time."""

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from two_shields.contract.vocabulary import TOPICS
from two_shields.contract.vocabulary.events import THREADS, thread_of
from two_shields.domain import procurement
from two_shields.exhibits.frame import facts_of
from two_shields.record.cache import cached
from two_shields.record.record import Record, where
from two_shields.state.views import TimelineView
from two_shields.text import dates, phrases

#: What came before is told in a sentence, unless a link asks for it or one country's whole story is shown.
SHOWN_FROM = date(2022, 1, 1)
#: The country whose aid and arms have a thread of their own.
UKRAINE = "UKR"
#: A year with fewer events shares its part of the list with its neighbours.
QUIET = 5


@cached(most=64)
def earlier(record: Record, view: TimelineView) -> pd.DataFrame:
    """The events of the view's topics and countries that lie before the first day shown, oldest first."""
    chosen = _events(record.only(view.evidence), view.topic, view.country)
    first = first_day(view)
    if first is None:
        return chosen.iloc[:0]
    return chosen[where(row.placed and row.end < first for row in chosen.itertuples())]


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


def first_day(view: TimelineView) -> date | None:
    """The first day shown: the view's, or the default where the view leaves it open."""
    if view.since or view.country or (view.until and view.until < SHOWN_FROM):
        return view.since
    return SHOWN_FROM


def _events(record: Record, topics: tuple[str, ...], countries: tuple[str, ...]) -> pd.DataFrame:
    """The events of these topics and countries with their words, in order of time, undated ones last."""
    rows = _every_event(record)
    if topics:
        rows = rows[rows["topic"].isin(topics)]
    if countries:
        rows = rows[where(bool(set(iso3) & set(countries)) for iso3 in rows["iso3"])]
    return rows.reset_index(drop=True)


@cached(most=1)
def _every_event(record: Record) -> pd.DataFrame:
    """All of them: a choice makes no event's words anew."""
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
        f"{row.date_words}{' (inferred)' if row.date_basis == 'inferred' else ''}: {row.title}"
        for row in rows.itertuples()
    ]
    return rows.sort_values(["start", "end", "event_id"], kind="stable")


def _threads(record: Record, rows: pd.DataFrame) -> list[str]:
    """Each event's thread, by its topic, and by the camps of its initiatives or else of its systems."""
    camp_of, systems = record.camps, procurement.tied_systems(record)
    found = []
    for row in rows.itertuples():
        camps = [camp_of[initiative_id] for initiative_id in row.initiative_ids if initiative_id in camp_of]
        camps = camps or [camp for camp, ids in systems.items() if ids & set(row.system_ids)]
        found.append(thread_of(row.topic, camps, concerns_ukraine=UKRAINE in row.iso3))
    return found


def _names(names: Mapping[str, str], codes: Iterable[str]) -> str:
    """The names of those that the evidence chosen still holds."""
    return phrases.join([names[code] for code in codes if code in names])


def shown_events(record: Record, view: TimelineView) -> pd.DataFrame:
    """The chosen events of the days shown, and those that have no date."""
    chosen = _events(record, view.topic, view.country)
    first = first_day(view)
    first, last = first or date.min, view.until or date.max
    shown = (not row.placed or (row.end >= first and row.start <= last) for row in chosen.itertuples())
    return chosen[where(shown)]
