"""The frames of the page Initiatives: what the articles alone say, exactly; what the whole record says, where it is settled."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES, READINGS, STATES
from two_shields.exhibits import registry
from two_shields.exhibits.frame import LONGEST_ALT
from two_shields.state.views import InitiativesView

BELGIUM_ESTONIA_HUNGARY = {"BEL", "EST", "HUN"}
STATE_COLUMNS = ["Country", "Between the camps", "Standing in each initiative", "Buys", "Standing rests on", "Claims"]


@pytest.fixture(scope="module")
def frame_of(record):
    """Makes the frame of a kind, with the fields of its view."""

    @cache
    def make(view: str, evidence: str = "all", **fields):
        return registry.frame_of(record, InitiativesView(view=view, evidence=evidence, **fields))

    return make


def by_state(frame) -> dict[str, set[str]]:
    return {state: set(rows["iso3"]) for state, rows in frame.rows.groupby("state")}


def steps(frame, initiative_id: str, series: str = "named") -> list[tuple[str, int]]:
    rows = frame.rows[(frame.rows["initiative_id"] == initiative_id) & (frame.rows["series"] == series)]
    return list(zip(rows["when"], rows["members"], strict=True))


# The articles alone.


@pytest.mark.parametrize("view", ["map", "overlap"])
def test_in_the_articles_estonia_alone_stands_in_both_camps(view, frame_of):
    frame = frame_of(view, "articles")
    assert frame.title == (
        "One country is in both camps: Estonia; 4 only in the Sky Shield, 4 only on the French-led track"
    )
    assert by_state(frame) == {
        "both": {"EST"},
        "german_led": {"DEU", "GBR", "LTU", "LVA"},
        "french_led": {"BEL", "CYP", "FRA", "HUN"},
    }
    assert frame.source_line == "Rests on 9 claims from 1 article."
    assert list(frame.table.columns) == STATE_COLUMNS


def test_the_map_says_in_its_alt_text_how_many_are_unknown(frame_of):
    frame = frame_of("map", "articles")
    assert frame.alt == f"Map of Europe. {frame.title}. Not in either camp: 0. Not in the record: 36."


def test_the_overlap_says_its_finding_in_its_alt_text(frame_of):
    frame = frame_of("overlap", "articles")
    assert frame.alt == f"Two overlapping sets of countries. {frame.title}."


def test_in_the_articles_seventeen_are_counted_and_five_known_by_name(frame_of):
    frame = frame_of("growth", "articles")
    assert frame.title == ("Sky Shield (ESSI): sources count 17 members and name 5; Mistral purchase: 5 members")
    assert steps(frame, "essi", "counted") == [("2022-10", 15), ("2023", 17)]
    assert steps(frame, "essi") == [("2022-10", 1), ("2023", 5)]
    assert steps(frame, "mistral-joint-purchase") == [("2023", 5)]
    assert list(frame.table.columns) == [
        "Initiative", "Date", "Members", "What is counted", "Who, or what the source counts", "Rests on", "Claims",
    ]  # fmt: skip


def test_a_date_that_only_the_publication_gives_says_by(frame_of):
    rows = frame_of("growth", "articles").rows.set_index("mark")
    assert rows.loc["named|essi|2023|5", "date_words"] == "by 2023"
    assert rows.loc["named|mistral-joint-purchase|2023|5", "date_words"] == "2023"


def test_in_the_articles_france_is_in_two_initiatives_and_nobody_in_one_for_making_samp_t(frame_of):
    frame = frame_of("matrix", "articles")
    assert frame.title == "Two countries are in more than one of 3 initiatives"
    assert set(frame.rows.loc[frame.rows["country"] == "France", "initiative_id"]) == {
        "eads", "mistral-joint-purchase",
    }  # fmt: skip
    assert "Sky Shield (ESSI) 5, EADS 1, Mistral purchase 5." in frame.alt
    assert list(frame.table.columns) == [
        "Country",
        "Initiative",
        "Status",
        "Date",
        "Counted as a member",
        "Rests on",
        "Claims",
    ]
    assert set(frame.table["Counted as a member"]) == {"yes"}


def test_the_articles_give_every_mark_to_a_weak_source_and_to_articles(frame_of):
    rows = frame_of("map", "articles").rows
    assert rows["weak"].all()
    assert set(rows["backing"]) == {"article"}


def test_what_is_inferred_is_told_in_the_table(frame_of):
    rests_on = frame_of("map", "articles").table.set_index("Country")["Standing rests on"]
    assert rests_on["Latvia"] == "articles; inferred; weak alone"
    assert rests_on["Estonia"] == "articles; partly inferred; weak alone"
    assert rests_on["Belgium"] == "articles; date inferred; weak alone"
    assert rests_on["United Kingdom"] == "articles; weak alone"


def test_a_dispute_over_a_purchase_is_none_over_who_signed(frame_of, record):
    """Whether the letter of intent is a purchase is disputed: of the transfers' stage, not of anybody's standing."""
    assert not frame_of("map", "articles").rows["disputed"].any()
    mistral = record.only("articles").cells("transfers", "mistral-bel-intended")
    disputed = {cell.column: cell.conflict_ids for cell in mistral if cell.disputed}
    assert disputed == {"stage": ("mistral-intent-or-purchase",)}


def test_an_intent_to_buy_is_told_as_an_intent(frame_of):
    buys = frame_of("map", "articles").rows.set_index("iso3")["buys"]
    assert buys["EST"] == "Mistral intended, 2023"
    assert buys["DEU"] == ""


# The whole record.


def test_the_sky_shield_grows_by_its_signings(frame_of):
    frame = frame_of("growth")
    assert steps(frame, "essi") == [
        ("2022-10-13", 15), ("2023-02-15", 17), ("2023-07-07", 19), ("2024-02-15", 21), ("2025-02", 23),
    ]  # fmt: skip
    rows = frame.rows[frame.rows["initiative_id"] == "essi"]
    assert set(rows["series_short"]) == {"named and counted"}, "each of these counts is borne out by names"
    assert "13 October 2022: 15. 15 February 2023: 17. 7 July 2023: 19." in frame.alt


def test_who_came_in_at_a_step_is_named(frame_of):
    who = frame_of("growth").rows.set_index("mark")["who"]
    assert who["named|essi|2023-02-15|17"] == "Denmark and Sweden"
    assert who["named|essi|2023-07-07|19"] == "Austria and Switzerland"
    assert who["named|essi|2024-02-15|21"] == "Greece and Türkiye"
    assert who["named|mistral-joint-purchase|2023-06-19|5"] == "Belgium, Cyprus, Estonia, France and Hungary"


@pytest.mark.parametrize(("reading", "members"), [("strict", 13), ("signed", 23), ("broad", 24)])
def test_each_reading_has_its_own_number_of_members_known_by_name(reading, members, frame_of):
    frame = frame_of("growth", reading=reading, initiative=("essi",))
    assert max(number for _, number in steps(frame, "essi")) == members
    assert str(members) in frame.title
    assert f"Counted as members: {READINGS[reading].counts}." in frame.caption


def test_counts_that_names_do_not_bear_out_stand_beside_them(frame_of):
    frame = frame_of("growth", reading="strict", initiative=("essi",))
    assert (
        frame.title
        == "Counting only who leads or is bound by signature, Sky Shield (ESSI): sources count 15 members and name 13"
    )
    assert [count for _, count in steps(frame, "essi", "counted")] == [11, 13, 15]


def test_on_the_day_of_the_letter_three_countries_stand_in_both_camps(frame_of):
    day_before, day = (frame_of("overlap", as_of=date(2023, 6, number)) for number in (18, 19))
    assert "both" not in by_state(day_before)
    assert by_state(day)["both"] == BELGIUM_ESTONIA_HUNGARY
    assert day.title.startswith("As of 19 June 2023, three countries are in both camps: Belgium, Estonia and Hungary; ")
    assert day.caption.startswith("As of 19 June 2023. Counted as members: ")


def test_the_day_moves_every_view(frame_of):
    day = date(2023, 2, 15)
    for view in InitiativesView.views():
        frame = frame_of(view, as_of=day)
        assert frame.title.startswith("As of 15 February 2023, ")
    assert len(frame_of("growth", as_of=day).rows.query("initiative_id == 'essi'")) == 2


def test_who_buys_without_joining_is_told_apart(frame_of):
    frame = frame_of("map")
    notes = [note for note in frame.notes if note.startswith("Buying is not joining: ")]
    assert len(notes) == 2
    assert any("United Kingdom" in note and "French-led track" in note for note in notes)
    assert frame.rows.set_index("iso3").loc["GBR", "state"] == "german_led"


def test_what_rests_on_the_public_record_alone_says_so(frame_of):
    backing = frame_of("growth").rows.set_index("mark")["backing"]
    assert backing["named|essi|2022-10-13|15"] == "both"
    assert backing["named|essi|2023-07-07|19"] == "record"


# Filters.


def test_chosen_countries_are_the_rows_even_where_nothing_is_known_of_them(frame_of):
    frame = frame_of("map", "articles", country=("EST", "MLT"))
    assert by_state(frame) == {"both": {"EST"}, "unknown": {"MLT"}}
    assert set(frame.table["Between the camps"]) == {STATES["both"].label, STATES["unknown"].label}


def test_with_countries_chosen_a_source_s_count_of_all_is_left_out(frame_of):
    frame = frame_of("growth", country=("EST", "FRA"))
    assert set(frame.rows["series"]) == {"named"}
    assert frame.title == "Among Estonia and France, Sky Shield (ESSI): 1 member; Mistral purchase: 2 members"


def test_the_matrix_shows_the_initiatives_chosen_in_their_order(frame_of):
    frame = frame_of("matrix", initiative=("fcas", "essi"))
    assert set(frame.rows["initiative_id"]) == {"fcas", "essi"}
    columns = dict(zip(frame.rows["initiative_id"], frame.rows["column"], strict=True))
    assert columns == {"fcas": 0, "essi": 1}


def test_an_initiative_outside_the_question_makes_no_state(frame_of):
    frame = frame_of("map", initiative=("fcas",))
    assert frame.rows.empty
    assert frame.title == "No country is known to be in either camp"


@pytest.mark.parametrize("view", InitiativesView.views())
@pytest.mark.parametrize("reading", ["strict", "signed", "broad"])
@pytest.mark.parametrize("evidence", ["articles", "all"])
@pytest.mark.parametrize("day", [date(2021, 1, 1), date(2022, 10, 13), None])
def test_every_choice_has_a_finding_even_where_nothing_is_left(view, reading, evidence, day, frame_of):
    frame = frame_of(view, evidence, reading=reading, as_of=day)
    assert frame.title
    assert len(frame.alt) < LONGEST_ALT
    assert frame.source_line.startswith("Rests on ")
    assert frame.rows["mark"].is_unique
    assert list(frame.table.columns) == [*frame.columns.values(), frame.rests_on, "Claims"]


def test_every_status_of_the_matrix_is_in_the_legend_of_letters(frame_of):
    frame = frame_of("matrix")
    for status in set(frame.rows["status"]):
        assert f"{MEMBERSHIP_STATUSES[status].letter} {MEMBERSHIP_STATUSES[status].label}" in frame.caption
