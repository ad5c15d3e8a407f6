"""Frames and figures that are kept: equal to fresh ones, safe from their users, apart from each other, and forgotten."""

import gc
import weakref
from datetime import date
from itertools import product

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from typical_views import typical

from two_shields.charts.page_form import on_page
from two_shields.contract.vocabulary import READINGS
from two_shields.domain import membership
from two_shields.exhibits import registry
from two_shields.exhibits.country import portrait as country
from two_shields.exhibits.initiatives import map
from two_shields.export.picture import Picture
from two_shields.record.cache import Cache, cached
from two_shields.record.record import Record
from two_shields.state.views import CountryView, InitiativesView

EVERY_EXHIBIT = pytest.mark.parametrize("exhibit", registry.EXHIBITS, ids=lambda one: one.name)


@pytest.fixture(scope="module")
def used() -> Record:
    """A record whose memory every test of this module uses."""
    return Record.load()


def anew(record: Record) -> Record:
    """The same record without anything made of it."""
    return Record(record.tables, record.version)


def example(exhibit, record):
    """A view that shows the exhibit."""
    return next(view for view in typical(exhibit, record) if exhibit.frame_of(record, view) is not None)


@EVERY_EXHIBIT
def test_a_kept_frame_is_what_a_fresh_one_is_and_who_changes_it_changes_it_for_nobody_else(used, exhibit):
    view = example(exhibit, used)
    kept, fresh = exhibit.frame_of(used, view), exhibit.frame_of(anew(used), view)
    assert (kept.title, kept.alt, kept.notes, kept.source_line) == (
        fresh.title,
        fresh.alt,
        fresh.notes,
        fresh.source_line,
    )
    assert_frame_equal(kept.rows, fresh.rows)
    mine = exhibit.frame_of(used, view).rows
    mine.loc[mine.index[0], "heading"] = "changed"
    mine["claim_ids"] = [()] * len(mine)
    mine["more"] = 1
    assert_frame_equal(exhibit.frame_of(used, view).rows, fresh.rows)


def test_who_changes_a_portrait_changes_it_for_nobody_else(used):
    view = CountryView(country="FRA")
    titles = list(country.portrait(used, view).standing.rows["heading"])
    mine = country.portrait(used, view)
    mine.standing.rows["heading"] = "changed"
    mine.conflicts["topic"] = "changed"
    assert list(country.portrait(used, view).standing.rows["heading"]) == titles
    assert "changed" not in set(country.portrait(used, view).conflicts["topic"])


def test_standings_are_nobodys_to_change(used):
    standings, changes = membership.standings(used, "signed"), membership.changes(used)
    standings["status"] = "declined"
    changes["when"] = ""
    assert set(membership.standings(used, "signed")["status"]) != {"declined"}
    assert membership.changes(used)["when"].ne("").any()


def test_standings_of_some_are_those_of_all_narrowed(used):
    everything = membership.standings(used, "broad")
    for named, column, chosen in (
        (membership.standings(used, "broad", None, ("essi", "eads")), "initiative_id", ("essi", "eads")),
        (pd.DataFrame(membership.standings_of(used, "broad", "FRA")), "iso3", ("FRA",)),
    ):
        expected = everything[everything[column].isin(chosen)].reset_index(drop=True)
        assert len(named)
        assert_frame_equal(named, expected)


@EVERY_EXHIBIT
def test_a_kept_figure_is_what_a_fresh_one_is(used, exhibit):
    view = example(exhibit, used)
    first, second = (exhibit.figures_of(used, view, "dark") for _ in range(2))
    assert first is second
    fresh = [on_page(panel(exhibit.frame_of(anew(used), view), "dark"), "dark") for panel in exhibit.panels]
    for kept, made in zip(first, fresh, strict=True):
        if not exhibit.resizes:
            made.layout.width = exhibit.wide  # which no panel knows
        assert kept.to_json() == made.to_json()


def test_a_picture_of_a_kept_figure_leaves_it_alone(used):
    view = InitiativesView()
    frame = registry.frame_of(used, view)
    (kept,) = map.EXHIBIT.figures_of(used, view, "light")
    before = kept.to_json()
    Picture(kept, frame, "light", "https://example.org", "x")._chart()
    assert kept.to_json() == before


def test_theme_and_size_and_view_have_figures_of_their_own(used):
    views = (InitiativesView(), InitiativesView(as_of=date(2023, 7, 1)))
    made = [
        map.EXHIBIT.figures_of(used, view, theme, narrow=narrow)[0].to_json()
        for view, theme, narrow in product(views, ("light", "dark"), (False, True))
    ]
    assert len(set(made)) == len(made)


def test_views_never_share_a_frame(used):
    kinds = product(InitiativesView.views(), READINGS, (None, date(2023, 7, 1)), ((), ("FRA",)))
    views = [
        InitiativesView(view=view, reading=reading, as_of=day, country=chosen) for view, reading, day, chosen in kinds
    ]
    for view in (*views, *reversed(views)):
        frame = registry.frame_of(used, view)
        assert frame.name == f"initiatives-{view.view}"
        assert READINGS[view.reading].counts in frame.caption
        assert ("1 July 2023" in frame.caption) == bool(view.as_of)


def test_what_was_made_goes_with_its_record():
    record = Record.load()
    assert map.EXHIBIT.figures_of(record, InitiativesView(), "light")
    assert registry.lead(record, InitiativesView()).draw()
    gone = weakref.ref(record)
    del record
    gc.collect()
    assert gone() is None


def test_only_so_much_is_kept_and_what_was_asked_last_stays():
    memory, made = Cache(), []

    def make(key):
        return memory.get_or_make("squares", key, lambda: made.append(key) or key * key, 2)

    assert [make(1), make(2), make(1), make(3), make(1), make(2)] == [1, 4, 1, 9, 1, 4]
    assert made == [1, 2, 3, 2]


def test_named_and_unnamed_arguments_are_told_apart():
    @cached(most=8)
    def table(record, *names, **more):
        return pd.DataFrame({"names": [names], "more": [tuple(more.items())]})

    record = Record.load()
    assert table(record, "a", "b")["names"].iloc[0] == ("a", "b")
    assert table(record, ("a", "b"))["names"].iloc[0] == (("a", "b"),)
    assert table(record, b="a")["more"].iloc[0] == (("b", "a"),)
