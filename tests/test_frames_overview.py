"""The Overview's sentence, figures, charts and lists: each is said by the view that it leads to."""

from datetime import date
from types import MappingProxyType

import pytest

from two_shields.exhibits import registry
from two_shields.exhibits.overview import aid, map, steps, summary
from two_shields.record.record import Record
from two_shields.state.views import PAGES, OverviewView


def tiles(record, **fields) -> dict[str, str]:
    return {tile.label: tile.value for tile in summary.tiles(record, OverviewView(**fields))}


def test_the_figures_are_those_of_the_evidence_and_the_day(record):
    assert tiles(record) == {
        "only Sky Shield": "17", "in both camps": "6", "only French-led": "4", "Europe’s aid to Ukraine": "€215 bn",
    }  # fmt: skip
    assert tiles(record, evidence="articles") == {
        "only Sky Shield": "4", "in both camps": "1", "only French-led": "4", "loan to Ukraine": "€90 bn",
    }  # fmt: skip
    assert tiles(record, as_of=date(2022, 10, 13))["only Sky Shield"] == "15"


def test_a_figure_says_who_or_what_it_counts(record):
    about = {tile.label: tile.about for tile in summary.tiles(record, OverviewView())}
    assert about["in both camps"] == "Belgium, Denmark, Estonia, Hungary, Romania and Slovenia"
    assert about["only Sky Shield"] == "German-led. Of all 23, 13 are bound by a signature"
    assert about["Europe’s aid to Ukraine"] == "allocated by states and the EU to April 2026; United States €115 bn"
    *_, aid_then = summary.tiles(record, OverviewView(as_of=date(2022, 10, 13)))
    assert aid_then.about.startswith("allocated by states and the EU to October 2022; United States")


def test_each_camps_figure_stands_in_the_map(record):
    for view in (OverviewView(), OverviewView(evidence="articles")):
        fills = map.EXHIBIT.frame_of(record, view).rows["fill"].value_counts()
        for tile in summary.tiles(record, view)[:3]:
            assert int(tile.value) == fills[tile.fill]


@pytest.mark.parametrize("narrow", [False, True])
def test_the_sign_behind_a_name_is_explained_on_the_map(narrow, record):
    figure = registry.lead(record, OverviewView()).draw("light", narrow=narrow)[0]
    written = [note.text for note in figure.layout.annotations]
    assert "Poland ≠" in written and "≠ sources disagree" in written
    fills = {"<b>1</b> says it will join", "<b>Ukraine</b> receives", "no row in the record"}
    assert narrow or fills <= set(written), "fills that no figure above the map explains"


def test_the_groups_of_a_narrow_map_name_everybody(record):
    found = {group.label: group.about for group in summary.groups(record, OverviewView())}
    assert (
        found["only French-led track"] == "Cyprus, France, Italy and Spain" and found["says it will join"] == "Poland"
    )
    assert len(found["only Sky Shield"].split(", ")) == 16, "seventeen, the last after `and`"


def test_the_small_chart_of_aid_has_three_lines_and_no_loan(record):
    frame = aid.EXHIBIT.frame_of(record, OverviewView())
    assert set(frame.rows["code"]) == {"europe", "USA", "EUU"}
    assert "loan" not in set(frame.rows["series"])
    assert frame.title == "Aid to Ukraine, added up to April 2026"


def test_the_strip_is_the_same_whatever_the_day(record):
    """So that no step of time has it drawn anew: what is said of it and what is drawn."""
    views = [OverviewView(as_of=day) for day in (None, date(2023, 6, 19))]
    whole, early = (steps.EXHIBIT.frame_of(record, view) for view in views)
    assert list(whole.rows["mark"]) == list(early.rows["mark"]) and whole.alt == early.alt
    (drawn,), (then,) = (steps.EXHIBIT.figures_of(record, view, "light") for view in views)
    assert drawn.to_plotly_json() == then.to_plotly_json()


def test_the_line_over_the_strip_stands_from_its_first_day_to_its_last(record):
    frame = steps.EXHIBIT.frame_of(record, OverviewView())
    days = (date(2016, 6, 14), date(2022, 7, 1), None)
    places = [steps.line_at(frame, OverviewView(as_of=day)) for day in days]
    assert places == [f"calc(6px + {share} * (100% - 98px))" for share in ("0.0000", "0.0000", "1.0000")]


def test_the_latest_events_are_dated_and_in_order(record):
    found = summary.latest(record, OverviewView())
    assert len(found) == summary.LATEST
    assert found[0].when == "25 June 2026"
    days = [item.view.until for item in found]
    assert days == sorted(days, reverse=True)
    whens = {item.words: item.when for item in found}
    assert whens["The EU adopts the loan of €90 billion for Ukraine"] == "23 April 2026 (inferred)"
    assert sum(when.endswith("(inferred)") for when in whens.values()) == 3
    early = summary.latest(record, OverviewView(as_of=date(2022, 10, 13)))
    assert early[0].words == "Germany announces the Sky Shield with 14 partners"


def test_disagreements_begin_with_what_would_move_a_country(record):
    items = summary.disputes(record, OverviewView())
    found = [item.words for item in items]
    opened = [record.conflicts_of((item.view.claim,))["topic"].iloc[0] for item in items]
    assert opened == found, "each opens with itself"
    assert found[0] == "Poland: in, willing or out"
    assert found[1].startswith("How many take part: 15,")
    assert "aid" in found[2]


@pytest.mark.parametrize("evidence", ["articles", "all"])
def test_every_link_is_a_view_that_keeps_the_evidence(evidence, record):
    view = OverviewView(evidence=evidence)
    parts = (*summary.tiles(record, view), *summary.latest(record, view), *summary.disputes(record, view))
    full = (exhibit.in_full(view) for exhibit in (map.EXHIBIT, steps.EXHIBIT, aid.EXHIBIT))
    for lead in (*(part.view for part in parts), *full):
        assert lead.evidence == evidence
        assert PAGES[lead.path].parse(lead.query(), record) == (lead, ())
        assert registry.frame_of(record, lead).title


def test_a_record_without_members_still_has_its_figures(small):
    whole = small.load()
    emptied = {name: whole.tables[name].iloc[:0] for name in ("memberships", "member_counts")}
    record = Record(MappingProxyType({**whole.tables, **emptied}), whole.version, whole.files)
    assert list(tiles(record).values())[:3] == ["0"] * 3
    assert steps.EXHIBIT.frame_of(record, OverviewView()) is None
