"""The frames of the page Systems: stages told apart, and one truth in title, table and figure."""

from __future__ import annotations

import re
from collections import Counter

import pandas as pd
import pytest

from two_shields.contract.vocabulary import ON_THE_WAY, STAGE_GROUPS, STAGES
from two_shields.exhibits import registry
from two_shields.exhibits.frame import LONGEST_ALT
from two_shields.exhibits.systems import standings as system_standings
from two_shields.exhibits.systems.cards import cards
from two_shields.record.record import Record
from two_shields.state.views import SystemsView

RECORD = Record.load()
EVERY_SYSTEM = pytest.mark.parametrize("system_id", list(RECORD["systems"]["system_id"]))
VIEWS = [
    SystemsView(view=view, evidence=evidence, **more)
    for view in ("flows", "matrix", "reference")
    for evidence in ("all", "articles")
    for more in (
        {}, {"system": ("mistral",)}, {"system": tuple(RECORD["systems"]["system_id"])}, {"stage": ("deployed",)},
        {"system": ("iron-dome",)}, {"stage": ("wanted", "refused")},
    )
]  # fmt: skip


def articles(**more) -> SystemsView:
    return SystemsView(evidence="articles", **more)


def standing(frame, system_id: str, iso3: str, track: str = "own") -> pd.Series:
    row = frame.row(f"{system_id}|{iso3}|{track}")
    assert row is not None, f"no row for {system_id} and {iso3}"
    return row


# What the articles say.


def test_the_articles_have_five_countries_that_intend_to_buy_mistral_and_one_that_has_it():
    frame = registry.frame_of(RECORD, articles(system=("mistral",)))
    assert frame.title == "Mistral and 6 countries: 1 in service, 5 intended"
    intended = frame.rows[frame.rows["stage"] == "intended"]
    assert set(intended["country"]) == {"Belgium", "Cyprus", "Estonia", "France", "Hungary"}
    assert standing(frame, "mistral", "UKR")["more"], "Ukraine has it, and wants more"


def test_a_wish_and_a_battery_of_another_army_are_two_things():
    frame = registry.frame_of(RECORD, SystemsView(system=("samp-t",)))
    assert standing(frame, "samp-t", "TUR")["stage"] == "wanted"
    assert standing(frame, "samp-t", "TUR", "stationed")["giver_words"] == "Italy"
    assert "TUR" not in set(frame.rows.loc[frame.rows["group"].isin(system_standings.FIRM), "iso3"])


def test_romania_has_a_french_unit_stationed_and_nothing_bought():
    rows = registry.frame_of(RECORD, SystemsView(system=("samp-t",))).rows
    romania = rows[rows["iso3"] == "ROU"]
    assert list(romania["stage_words"]) == ["stationed there"]
    assert list(romania["giver_words"]) == ["France"]


def test_what_was_refused_is_not_wanted_any_more():
    frame = registry.frame_of(RECORD, articles(system=("f-35", "s-400")))
    assert standing(frame, "f-35", "TUR")["stage"] == "refused"
    assert standing(frame, "s-400", "TUR")["stage"] == "acquired"
    assert frame.title == "1 of 2 pairs of a system and a country is firm: bought; 1 refused"


# The public record beside them.


def test_an_offer_ends_with_its_refusal_and_may_begin_anew():
    frame = registry.frame_of(RECORD, SystemsView(system=("samp-t",)))
    assert standing(frame, "samp-t", "POL")["stage"] == "declined"
    assert standing(frame, "samp-t", "SWE")["stage"] == "declined"
    switzerland = standing(frame, "samp-t", "CHE")
    assert switzerland["stage"] == "offered"
    assert "declined, 30 June 2021" in switzerland["history"]


def test_an_intent_that_became_an_order_is_an_order():
    frame = registry.frame_of(RECORD, SystemsView(system=("mistral",)))
    estonia = standing(frame, "mistral", "EST")
    assert "intended, 19 June 2023" in estonia["history"] and "ordered, 6 June 2025" in estonia["history"]
    romania = standing(frame, "mistral", "ROU")
    assert romania["stage"] == "contracted" and not romania["more"]


def test_what_is_cleared_and_not_signed_is_no_order():
    belgium = standing(registry.frame_of(RECORD, SystemsView(system=("mistral",))), "mistral", "BEL")
    assert belgium["stage"] == "selected"
    assert "intended, 19 June 2023" in belgium["history"] and "ordered" not in belgium["history"]


def test_by_default_the_systems_of_the_two_camps_are_shown():
    frame = registry.frame_of(RECORD, SystemsView())
    assert {"mistral", "samp-t", "iris-t-slm", "arrow-3"} <= set(frame.rows["system_id"])
    assert not {"rafale", "vl-mica", "patriot"} & set(frame.rows["system_id"])
    assert set(frame.rows["camp"]) == {"german_led", "french_led"}
    assert any(
        note.startswith("Sky Shield: Iron Dome, MEADS and Patriot are named in its plan") for note in frame.notes
    )


def test_the_matrix_says_who_has_systems_of_both_camps():
    frame = registry.frame_of(RECORD, SystemsView(view="matrix"))
    firm = frame.rows[frame.rows["group"].isin(system_standings.FIRM)]
    both = {country for country, pairs in firm.groupby("country") if {"german_led", "french_led"} <= set(pairs["camp"])}
    assert both
    assert all(country in frame.title for country in both)
    assert frame.title.endswith("systems of both camps")


# Choices.


def test_a_stage_that_is_chosen_shows_all_that_ever_reached_it_and_says_so():
    frame = registry.frame_of(RECORD, SystemsView(system=("samp-t",), stage=("declined",)))
    assert set(frame.rows["iso3"]) == {"CHE", "POL", "SWE"}
    assert "may have gone further since" in frame.caption


def test_a_choice_without_a_transfer_says_so():
    frame = registry.frame_of(RECORD, SystemsView(system=("iron-dome",)))
    assert frame.rows.empty
    assert frame.title == "The sources chosen report no transfer of Iron Dome"


def test_a_system_that_the_articles_do_not_name_is_said_to_be_missing():
    frame = registry.frame_of(RECORD, articles(system=("mistral", "iris-t-slm")))
    assert frame.notes[0] == "Not named in this evidence: IRIS-T SLM."
    alone = registry.frame_of(RECORD, articles(system=("iris-t-slm",)))
    assert alone.title == "The sources chosen do not name these systems"


# Title, table and figure agree.


@pytest.mark.parametrize("view", VIEWS, ids=SystemsView.link)
def test_every_frame_is_fit_to_show(view):
    frame = registry.frame_of(RECORD, view)
    assert frame.title
    assert len(frame.alt) <= LONGEST_ALT
    assert frame.rows["mark"].is_unique
    assert frame.rows["claim_ids"].map(bool).all()
    known = set(RECORD.only(view.evidence)["claims"]["claim_id"])
    assert {claim_id for ids in frame.rows["claim_ids"] for claim_id in ids} <= known
    assert len(frame.table) == len(frame.rows)


@pytest.mark.parametrize("view", [view for view in VIEWS if registry.panels_of(view)], ids=SystemsView.link)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_row_is_one_mark_of_the_figure(view, theme):
    frame = registry.frame_of(RECORD, view)
    if frame.rows.empty:
        pytest.skip("nothing to draw")
    figure = registry.panels_of(view)[0](frame, theme)
    marks = [data[0] for trace in figure.data if trace.customdata is not None for data in trace.customdata]
    assert sorted(marks) == sorted(frame.rows["mark"])


def test_the_matrix_has_the_letter_of_each_stage():
    frame = registry.frame_of(RECORD, SystemsView(view="matrix"))
    figure = registry.panels_of(SystemsView(view="matrix"))[0](frame)
    written = Counter(text for trace in figure.data if trace.mode == "text" for text in trace.text)
    letters = {text: number for text, number in written.items() if re.fullmatch(r"<b>\w</b>", text)}
    known = frame.rows.loc[frame.rows["group"] != "refused", "stage"]
    assert letters == Counter(f"<b>{STAGES[stage].letter}</b>" for stage in known)
    assert len(letters) > 3


def test_the_title_counts_the_rows():
    frame = registry.frame_of(RECORD, SystemsView())
    own = frame.rows[frame.rows["track"] == "own"]
    firm, pairs = map(int, re.match(r"(\d+) of (\d+) pairs", frame.title).groups())
    assert pairs == len(own)
    assert firm == own["stage"].isin(["operates", "acquired", "delivered", "contracted"]).sum()


def test_every_stage_has_its_group_and_its_look():
    assert {stage.group for stage in STAGES.values()} == set(STAGE_GROUPS)
    assert set(ON_THE_WAY) == set(STAGES) - {"deployed", "refused", "declined"}


# The reference.


def test_a_disputed_layer_says_so_with_both_labels():
    table = registry.frame_of(RECORD, SystemsView(view="reference")).rows.set_index("system_id")
    disputed = RECORD["systems"].loc[lambda rows: rows["layer"] == "disputed", "system_id"]
    assert set(table.loc[disputed, "layer_words"]) == {"layer disputed"} and table.loc[disputed, "disputed"].all()
    assert "SAMP/T: medium or long range" in table.loc["samp-t", "dispute_words"]


def test_from_the_articles_alone_a_layer_is_disputed_only_if_they_dispute_it():
    table = registry.frame_of(RECORD, articles(view="reference")).rows.set_index("system_id")
    assert table.loc["samp-t", "layer_words"] == "layer disputed"
    assert table.loc["mistral", "layer_words"] == "", "what disputes it is on pages of the public record"
    assert table.loc["patriot", "layer_words"] == ""
    assert table.loc["mistral", "range_words"] == "", "no article has its range"


def test_a_range_says_what_it_is_a_range_of():
    rows = registry.frame_of(RECORD, SystemsView(view="reference")).rows
    ranged = rows[rows["max_range_km"].notna()]
    assert len(ranged)
    assert ranged["range_words"].str.fullmatch(r"[\d,]+ km: .+").all()


@EVERY_SYSTEM
def test_every_system_has_a_card(system_id):
    view = SystemsView(view="reference", system=(system_id,))
    (card,) = cards(RECORD, view)
    assert card.name == RECORD.system_names[system_id]
    assert card.claim_ids
    transfers = RECORD["transfers"].loc[lambda rows: rows["system_id"] == system_id]
    told = {row.iso3 for _, rows in card.by_stage() for row in rows.itertuples()}
    assert told == set(transfers["to_iso3"])
    links = RECORD["initiative_systems"].loc[lambda rows: rows["system_id"] == system_id]
    assert {initiative_id for initiative_id, _, _ in card.initiatives} == set(links["initiative_id"])


def test_a_card_holds_names_makers_and_both_labels():
    (card,) = cards(RECORD, SystemsView(view="reference", system=("samp-t",)))
    facts = dict(card.facts)
    assert facts["Also called"] == "MAMBA"
    assert facts["Maker"].startswith("Eurosam")
    assert facts["Layer"] == "layer disputed"
    assert card.origins == (("FRA", "France"), ("ITA", "Italy"))


def test_who_gave_ukraine_what_it_has_comes_from_the_rows():
    notes = registry.frame_of(RECORD, articles(view="flows", system=("samp-t", "crotale"))).notes
    assert "Ukraine was supplied with Crotale from France." in notes
    assert "From whom Ukraine has SAMP/T is not said." in notes
