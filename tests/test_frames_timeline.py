"""The timeline's frame: what is placed, what is not, and that no mark covers another."""

from datetime import date, timedelta
from itertools import combinations

import pandas as pd
import pytest

from two_shields.exhibits import registry
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.timeline import events, levels
from two_shields.exhibits.timeline.lanes import figure
from two_shields.record.record import Record
from two_shields.state.views import TimelineView
from two_shields.text import dates


@pytest.fixture(scope="module")
def record() -> Record:
    return Record.load()


def the(record: Record, **view) -> Frame:
    return registry.frame_of(record, TimelineView(**view))


def drawn(frame) -> list[str]:
    """The marks that the figure draws, in any of its traces."""
    return [mark[0] for trace in figure(frame).data if trace.customdata is not None for mark in trace.customdata]


def test_undated_events_are_in_the_table_and_never_on_the_chart(record):
    frame = the(record, evidence="articles")
    undated = frame.rows[frame.rows["date"] == ""]
    assert "Defense Express: France has doubled its production of CAESAR" in set(undated["title"])
    assert not undated["placed"].any() and (undated["level"] == -1).all()
    assert set(undated["date_words"]) == {"date not given"}
    assert sorted(drawn(frame)) == sorted(frame.rows.loc[frame.rows["placed"], "mark"])


def test_an_imprecise_date_is_the_whole_of_its_month_or_year(record):
    rows = the(record, evidence="articles").rows.set_index("title")
    deal = rows.loc["Türkiye acquires the S-400"]
    assert (deal["start"], deal["end"], deal["precision"]) == (date(2017, 1, 1), date(2017, 12, 31), "year")
    assert rows.loc["Erdoğan is to press Macron on missile defence at the NATO summit", "date_words"] == "June 2025"


def test_inferred_and_imprecise_dates_look_it(record):
    frame = the(record)
    symbols = {}
    for trace in figure(frame).data:
        if trace.customdata is not None:
            symbols |= {mark[0]: symbol for mark, symbol in zip(trace.customdata, trace.marker.symbol, strict=True)}
    for row in frame.rows[frame.rows["placed"]].itertuples():
        assert symbols[row.mark].endswith("-open") == (row.date_basis == "inferred")
        assert symbols[row.mark].startswith("circle") == (len(row.date) == 10)


@pytest.mark.parametrize(
    "view",
    [{}, {"since": date(2010, 1, 1)}, {"country": ("FRA",)}, {"since": date(2024, 1, 1), "until": date(2024, 12, 31)}],
)
def test_no_mark_of_a_lane_covers_another_on_a_phone(record, view):
    rows = the(record, **view).rows.loc[lambda all_: all_["placed"]]
    room = levels.room_of_a_mark(rows["start"].min(), rows["end"].max())
    for _, lane in rows.groupby(["lane", "level"]):
        for one, other in combinations(lane.itertuples(), 2):
            assert abs(one.middle - other.middle) >= room, (one.title, other.title)


def test_levels_are_the_lowest_that_are_free():
    days = [date(2024, 1, 1), date(2024, 1, 2), date(2024, 6, 1)]
    assert levels.levels(days, days, timedelta(days=10)) == [0, 1, 0]
    assert levels.levels(days[:2], days[:2], timedelta(days=0)) == [0, 0]
    assert levels.levels([date(2024, 1, 1), days[2]], [date(2024, 12, 31), days[2]], timedelta(days=10)) == [0, 1]


def test_the_title_counts_what_the_rows_hold(record):
    frame = the(record)
    placed = frame.rows[frame.rows["placed"]]
    years = placed["date"].str[:4].value_counts()
    assert str(years.max()) in frame.title and years.idxmax() in frame.title
    assert f"{len(placed)} dated events since 2017" in frame.title
    assert frame.title in frame.alt and len(frame.table) == len(frame.rows)


def test_without_a_choice_it_begins_in_2017_and_tells_what_lies_before(record):
    view = TimelineView()
    shown, before = registry.frame_of(record, view).rows, events.earlier(record, view)
    assert min(dates.latest(day) for day in shown["date"] if day) >= events.SHOWN_FROM
    assert len(before) and max(before["end"]) < events.SHOWN_FROM
    everything = view.replace(since=before["start"].min())
    assert len(registry.frame_of(record, everything).rows) == len(record["events"])
    assert events.earlier(record, everything).empty


def test_a_country_shows_its_whole_story(record):
    frame = the(record, country=("SGP",))
    assert frame.title == "Singapore: one dated event: Singapore chooses Aster 30, 16 September 2013"
    assert events.earlier(record, TimelineView(country=("SGP",))).empty


def test_a_choice_without_events_says_so(record):
    frame = the(record, country=("ISL",))
    assert frame.rows.empty and "no event" in frame.title
    assert "1 event without a date" in the(record, country=("SYR",)).title


def test_the_list_is_newest_first_and_holds_every_dated_event_once(record):
    rows = the(record).rows
    parts = events.by_period(rows)
    assert next(iter(parts)) == max(rows["date"])[:4] == "2026"
    assert "2018 to 2021" in parts or "2017 to 2021" in parts
    listed = pd.concat(parts.values())
    assert sorted(listed["mark"]) == sorted(rows.loc[rows["placed"], "mark"])
    assert list(parts["2026"]["start"]) == sorted(parts["2026"]["start"], reverse=True)


def test_topics_and_days_narrow(record):
    frame = the(record, topic=("aid",), since=date(2025, 1, 1), until=date(2025, 12, 31))
    assert set(frame.rows["topic"]) == {"aid"}
    assert set(frame.rows["date"].str[:4]) <= {"2025", ""}
