"""The timeline: its finding, its four threads, which events have words, and what lies before."""

from datetime import date
from itertools import combinations

import pandas as pd

from two_shields.charts import threads as form
from two_shields.charts.threads import Event, labels
from two_shields.exhibits import registry
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.timeline import threads as events
from two_shields.exhibits.timeline.threads import card, figure
from two_shields.state.views import TimelineView


def the(record, **view) -> Frame:
    return registry.frame_of(record, TimelineView(**view))


def words(drawn) -> list[str]:
    """The labels of a drawing, each as one line."""
    return [note.text.replace("<br>", " ").replace("<b>", "").replace("</b>", "") for note in drawn.layout.annotations]


def test_each_event_is_on_one_thread(record):
    thread_of = the(record).rows.set_index("title")["thread"]
    assert thread_of["Germany announces the Sky Shield with 14 partners"] == "sky_shield"
    assert thread_of["Denmark chooses SAMP/T NG over Patriot"] == "french_led", "by its system"
    assert thread_of["Macron: SAMP/T is delivered to Ukraine and operational"] == "ukraine"
    assert thread_of["Germany and France give up the joint fighter of FCAS"] == "talks"


def test_undated_events_are_in_the_table_alone(record):
    rows = the(record, evidence="articles").rows
    undated = rows[rows["date"] == ""]
    assert "Defense Express: France has doubled its production of CAESAR" in set(undated["title"])
    assert set(undated["date_words"]) == {"date not given"}


def test_no_two_labels_touch(record):
    frame = the(record)
    told = [
        Event(r.thread, r.start, r.end, r.date, r.title, r.weight, r.mark, "")
        for r in frame.rows[frame.rows["placed"]].itertuples()
    ]
    placed = labels(told, form.scale(*form.span(told), form.PAGE))
    assert sum(map(len, placed.values())) >= 12
    for of_thread in placed.values():
        for one, other in combinations(of_thread, 2):
            assert one.right < other.left or other.right < one.left, (one.event.words, other.event.words)


def test_without_a_choice_it_begins_in_2022_and_tells_how_many_lie_before(record):
    view = TimelineView()
    frame, before = registry.frame_of(record, view), events.earlier(record, view)
    assert min(frame.rows.loc[frame.rows["placed"], "end"]) >= date(2022, 1, 1)
    assert before and f"Shown from 2022 on; {len(before)} events lie before." in frame.caption
    everything = view.replace(since=min(before))
    assert len(registry.frame_of(record, everything).rows) == len(record["events"])
    assert not events.earlier(record, everything)


def test_a_country_shows_its_whole_story(record):
    assert the(record, country=("SGP",)).title == (
        "Singapore: one dated event: Singapore chooses Aster 30, 16 September 2013"
    )


def test_the_title_names_every_filter(record):
    frame = the(record, country=("EST",), topic=("procurement",), since=date(2023, 1, 1), until=date(2025, 12, 31))
    assert frame.title.startswith("Estonia, procurement, from 1 January 2023, until 31 December 2025: ")
    assert set(frame.rows["topic"]) == {"procurement"}
    assert set(frame.rows["date"].str[:4]) <= {"2023", "2024", "2025", ""}


def test_a_choice_without_events_says_so(record):
    frame = the(record, country=("ISL",))
    assert frame.rows.empty and frame.title == "Iceland: the sources chosen report no event for this selection"
    assert "1 event without a date" in the(record, country=("SYR",)).title


def test_a_card_names_fewer(record):
    frame = the(record)
    assert 4 <= len(words(card(frame))) < len(words(figure(frame)))


def test_the_list_is_newest_first_and_holds_every_dated_event_once(record):
    rows = the(record).rows
    parts = events.by_period(rows)
    assert next(iter(parts)) == max(rows["date"])[:4] == "2026"
    listed = pd.concat(parts.values())
    assert sorted(listed["mark"]) == sorted(rows.loc[rows["placed"], "mark"])
    assert list(parts["2026"]["start"]) == sorted(parts["2026"]["start"], reverse=True)
