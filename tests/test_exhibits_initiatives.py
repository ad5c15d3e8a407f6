"""The exhibits of the page Initiatives: what the articles alone say, exactly; what the whole record says, where it is settled."""

import re
import zlib
from datetime import date
from functools import partial

import checked_in
import pytest

from two_shields.charts.palette import FILLS
from two_shields.contract.vocabulary import READINGS
from two_shields.exhibits import registry
from two_shields.exhibits.initiatives import map as initiatives_map
from two_shields.state.views import InitiativesView
from two_shields.text import dates

frame_of = partial(checked_in.frame_of, InitiativesView)


def by_state(frame) -> dict[str, set[str]]:
    return {state: set(rows["iso3"]) for state, rows in frame.rows.groupby("state")}


def steps(frame, line: str, series: str = "named") -> list[tuple[str, int]]:
    rows = frame.rows[(frame.rows["line"] == line) & (frame.rows["series"] == series)]
    return list(zip(rows["when"], rows["members"], strict=True))


# The articles alone.


def test_poland_says_it_will_join_and_ukraine_receives():
    rows = frame_of("map").rows.set_index("iso3")
    assert dict(rows.loc[["POL", "UKR"], "fill"]) == {"POL": "will_join", "UKR": "receives"}
    assert rows.loc["UKR", "heading"] == "Ukraine: receives; no member"
    assert list(rows.index[rows["moves"]]) == ["POL"], "a sign where the dispute would move a country, and there alone"


def test_in_the_articles_the_camps_grow_as_far_as_their_dates_go():
    frame = frame_of("growth", "articles")
    assert steps(frame, "essi", "counted") == [("2022-10", 15), ("2023", 17)]
    assert steps(frame, "german_led") == [("2022-10-31", 1), ("2023-12-31", 5)]
    assert steps(frame, "both") == [("2023-12-31", 1)]
    assert list(frame.table.columns) == [
        "Of", "Date", "Members", "What is counted", "Who came in, or what the source counts", "Rests on", "Claims",
    ]  # fmt: skip


def test_a_date_that_only_the_publication_gives_says_by():
    rows = frame_of("growth", "articles", initiative=("essi", "mistral-joint-purchase")).rows.set_index("mark")
    assert rows.loc["named|essi|2023|5", "date_words"] == "by 2023"
    assert rows.loc["named|mistral-joint-purchase|2023|5", "date_words"] == "2023"


def test_in_the_articles_france_is_in_two_initiatives_and_nobody_in_one_for_making_samp_t():
    frame = frame_of("matrix", "articles")
    assert frame.title == (
        "Five countries are named in the Sky Shield (ESSI), none bound by a signature; "
        "five named in the Mistral purchase, none bound by a signature"
    )
    of_france = frame.rows.loc[frame.rows["country"] == "France", "initiative_id"]
    assert set(of_france) == {"eads", "mistral-joint-purchase"}
    assert list(frame.table.columns) == [
        "Between the camps", "Country", "Initiative", "Status", "Date", "Counts as in", "Rests on", "Claims",
    ]  # fmt: skip
    assert set(frame.table["Counts as in"]) == {"yes"}


def test_what_is_inferred_is_told_in_the_table_and_an_intent_to_buy_as_an_intent():
    frame = frame_of("map", "articles")
    buys, rests_on = frame.rows.set_index("iso3")["buys"], frame.table.set_index("Country")["Standing rests on"]
    assert (buys["EST"], buys["DEU"]) == ("Mistral intended, 2023", "")
    assert rests_on["Latvia"] == "articles; inferred; weak alone"
    assert rests_on["Estonia"] == "articles; partly inferred; weak alone"
    assert rests_on["Belgium"] == "articles; date inferred; weak alone"
    assert rests_on["United Kingdom"] == "articles; weak alone"


def test_a_dispute_over_a_purchase_is_none_over_who_signed(record):
    """Whether the letter of intent is a purchase is disputed: of the transfers' stage, not of anybody's standing."""
    assert not frame_of("map", "articles").rows["disputed"].any()
    mistral = record.only("articles").cells("transfers", "mistral-bel-intended")
    disputed = {cell.column: cell.conflict_ids for cell in mistral if cell.disputed}
    assert disputed == {"stage": ("mistral-intent-or-purchase",)}


# The whole record.


def test_each_reading_has_its_own_number_of_members_beside_those_that_others_published():
    for reading, members in (("strict", 13), ("signed", 23), ("broad", 24)):
        frame = frame_of("growth", reading=reading, initiative=("essi",))
        assert max(number for _, number in steps(frame, "essi")) == members
        assert str(members) in frame.title
        assert f"Counted as members: {READINGS[reading].counts}." in frame.caption
    frame = frame_of("growth", reading="strict", initiative=("essi",))
    assert [count for _, count in steps(frame, "essi", "counted")] == [10, 11, 13, 15]
    assert frame.key == "A cross is a number that a source published."


def test_on_the_day_of_the_letter_three_countries_stand_in_both_camps():
    day_before, day = (frame_of("overlap", as_of=date(2023, 6, number)) for number in (18, 19))
    assert "both" not in by_state(day_before)
    assert by_state(day)["both"] == {"BEL", "EST", "HUN"}
    assert day.title == "As of 19 June 2023, three countries are in both camps: Belgium, Estonia and Hungary"
    assert day.caption.startswith("As of 19 June 2023. Counted as members: ")


def test_the_day_moves_every_view():
    day = date(2023, 2, 15)
    for view in InitiativesView.views():
        assert frame_of(view, as_of=day).title.startswith("As of 15 February 2023, ")
    assert steps(frame_of("growth", as_of=day), "german_led") == [("2022-10-13", 15), ("2023-02-15", 17)]


def test_a_report_of_what_had_long_been_signed_is_no_step():
    rows = frame_of("matrix").rows.set_index("mark")
    *_, letter, memorandum = rows.loc["essi|EST", "steps"]
    assert letter[:2] == ("signed_letter_of_intent", "2022-10-13") and memorandum[0] == "signed_memorandum"


def test_who_buys_without_joining_is_told_apart():
    frame = frame_of("map")
    notes = [note for note in frame.notes if note.startswith("Buying is not joining: ")]
    assert len(notes) == 2
    assert any("United Kingdom" in note and "French-led track" in note for note in notes)
    assert frame.rows.set_index("iso3").loc["GBR", "state"] == "german_led"


# Filters.


def test_chosen_countries_are_the_rows_even_where_nothing_is_known_of_them():
    frame = frame_of("map", "articles", country=("EST", "MLT"))
    assert by_state(frame) == {"both": {"EST"}, "unknown": {"MLT"}}


def test_of_one_country_or_one_camp_s_initiatives_the_title_speaks_of_them_alone():
    assert frame_of("overlap", country=("EST",)).title == "Estonia is in both camps"
    assert frame_of("map", country=("POL",)).title == "Poland says that it will join"
    assert frame_of("overlap", initiative=("essi",)).title == "23 countries are in the Sky Shield (ESSI)"
    told = "Estonia: in the Sky Shield (ESSI) since 13 October 2022 and Mistral purchase since 19 June 2023"
    assert frame_of("growth", country=("EST",)).title == told
    told = "Estonia: Sky Shield (ESSI), signed memorandum (11 October 2023)"
    assert frame_of("matrix", country=("EST",), initiative=("essi",)).title == told


def test_with_countries_chosen_a_source_s_count_of_all_is_left_out():
    frame = frame_of("growth", country=("EST", "FRA"))
    assert set(frame.rows["series"]) == {"named"}
    assert frame.title.startswith("Among Estonia and France, Sky Shield (ESSI): 1 member since 13 October 2022; ")


def test_the_matrix_shows_the_initiatives_chosen_in_their_order():
    rows = frame_of("matrix", initiative=("fcas", "essi")).rows
    assert dict(zip(rows["initiative_id"], rows["column"], strict=True)) == {"fcas": 0, "essi": 1}


def test_an_initiative_outside_the_question_or_the_articles_can_be_chosen_and_makes_no_state():
    frame = frame_of("map", initiative=("fcas",))
    assert not frame.rows["state"].isin(["both", "german_led", "french_led"]).any()
    assert frame.title == "None of the initiatives chosen is of the two camps"
    for view in InitiativesView.views():
        frame = frame_of(view, "articles", initiative=("samp-t-programme",))
        assert frame.title.startswith(("The articles name none of the", "No country is known", "No member is known"))


def test_of_one_camp_s_initiatives_nobody_is_told_to_be_in_that_camp_only_or_in_neither():
    frame = frame_of("map", initiative=("essi",))
    of_country = frame.rows.set_index("iso3")["heading"]
    assert of_country["EST"] == "Estonia: in the Sky Shield (ESSI)"
    assert of_country["FRA"] == "France: not in the Sky Shield (ESSI)"
    assert "In the Sky Shield (ESSI): 23. " in frame.alt and "only" not in frame.alt
    words = names_on(figure_of("overlap", initiative=("essi",)))
    assert any("In the Sky Shield (ESSI): 23" in text for text in words)
    assert not any("only: " in text for text in words)


def test_the_groups_of_the_grid_are_those_of_the_map():
    for reading in READINGS:
        on_map = frame_of("map", reading=reading).rows["fill"].value_counts()
        grid = frame_of("matrix", reading=reading).rows.groupby("state")["iso3"].nunique()
        assert grid.to_dict() == on_map.drop("receives").to_dict()


def test_a_heading_of_the_grid_counts_its_rows_of_all_in_the_group():
    words = names_on(figure_of("matrix", initiative=("mistral-joint-purchase",)))
    assert {"In both camps · 6", "French-led track only · 3 of 4"} <= words


def test_the_grid_says_no_day_that_no_row_says(record):
    figure = figure_of("matrix")
    hovers = [words for trace in figure.data for words in trace.hovertext or () if words]
    days = {dates.words(day) for day in record["memberships"]["date"]}
    said = {day for words in hovers for day in re.findall(r"[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}", words)}
    assert said and said <= days


# The figures.


def figure_of(view: str, theme: str = "light", *, narrow: bool = False, **fields):
    return registry.exhibits_of(InitiativesView(view=view))[0].panels[0](frame_of(view, **fields), theme, narrow=narrow)


def names_on(figure) -> set[str]:
    words = {annotation.text for annotation in figure.layout.annotations}
    return {re.sub("<[^>]+>", "", text.replace("<br>", " ")) for text in words}


@pytest.mark.parametrize("narrow", [False, True])
def test_a_place_on_the_map_is_chosen_and_told_as_the_country_it_is_in(narrow):
    frame = frame_of("map")
    (clicks,) = [one for one in initiatives_map.figure(frame, narrow=narrow).data if one.customdata is not None]
    headings = dict(zip(frame.rows["mark"], frame.rows["heading"], strict=True))
    for (mark,), template in zip(clicks.customdata, clicks.hovertemplate, strict=True):
        number = int(re.fullmatch(r"%\{meta\[(\d+)\]\}", template)[1])
        assert clicks.meta[number].startswith(f"<b>{headings[mark]}</b>")
    assert len(clicks.meta) == len(set(clicks.meta)), "each is sent once"


@pytest.mark.parametrize("narrow", [False, True])
def test_a_map_takes_little_to_send(narrow):
    sent = initiatives_map.figure(frame_of("map"), narrow=narrow).to_json().encode()
    assert len(zlib.compress(sent, wbits=-12)) < (9_800 if narrow else 13_500)


def test_a_narrow_map_names_the_large_and_those_in_both():
    names = names_on(figure_of("map", narrow=True))
    assert {"Germany", "France", "Ukraine", "UK", "Belgium", "Slovenia"} <= names
    assert not {"Albania", "Czechia", "Portugal"} & names


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_fill_of_the_map_is_told_by_more_than_its_colour(theme):
    looks = {(fill.pattern, fill.ground) for fill in FILLS[theme].values()}
    assert len(looks) == len(FILLS[theme])
    assert {state for state, fill in FILLS[theme].items() if fill.pattern} == {"french_led", "both", "will_join"}
    patterns = {trace.fillpattern.shape for trace in figure_of("map", theme).data if trace.fillpattern.shape}
    assert patterns == {"/", "."}


def test_every_status_of_the_grid_is_in_its_key():
    key = frame_of("matrix").key
    for sign in ("★ leads", "● ■ bound by a signature", "○ □ joined, or signed a letter of intent", "× stays out"):
        assert sign in key


def test_the_map_s_card_has_its_key_with_counts():
    words = names_on(initiatives_map.card(frame_of("map")))
    assert {"17 only Sky Shield", "6 in both", "4 only French-led track", "Estonia"} <= words
