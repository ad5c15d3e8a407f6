"""The exhibits of the page Systems: layers, stages and suppliers told apart, one truth in title, table and figure."""

from functools import partial

import checked_in
import pandas as pd
import pytest
from checked_in import RECORD

from two_shields.contract.vocabulary import SAID_LAYERS
from two_shields.domain import procurement
from two_shields.exhibits import registry
from two_shields.exhibits.systems import reach
from two_shields.exhibits.systems import standings as system_standings
from two_shields.exhibits.systems.reference import cards
from two_shields.state.views import SystemsView

frame_of = partial(checked_in.frame_of, SystemsView)


def standing(frame, system_id: str, iso3: str, track: str = "own") -> pd.Series:
    row = frame.row(f"{system_id}|{iso3}|{track}")
    assert row is not None, f"no row for {system_id} and {iso3}"
    return row


# The layers.


def test_a_box_says_on_hover_how_sources_differ_on_its_range_and_a_phone_s_key_names_no_bars():
    frame = frame_of("reach")
    assert "Filled bar" in frame.key_of(narrow=False) and "bar" not in frame.key_of(narrow=True)
    figure = reach.figure(frame)
    hovers = "\n".join(str(trace.hovertext) for trace in figure.data).split("', '")
    assert any("sources disagree" in one and "lower bound" in one and "150 km, which" in one for one in hovers)


def test_a_system_stands_in_every_layer_that_a_source_gives_it():
    rows = frame_of("reach").rows.set_index("mark")
    assert rows.loc["samp-t", "layers"] == ("medium", "long")
    assert rows.loc["mistral", "layers"] == ("very_short", "short")
    assert rows.loc["arrow-3", "layers"] == ("exo_atmospheric",)
    assert rows.loc["aster", "layers"] == (), "no source gives it a layer, and it is told below the boxes"
    rows = frame_of("reach", evidence="articles").rows.set_index("mark")
    assert rows.loc["mistral", "layers"] == ("short",)
    assert rows.loc["samp-t", "layers"] == ("medium", "long")
    assert "german_led" not in set(rows["camp"]), "no article has a system of the Sky Shield that somebody bought"


def test_every_layer_of_the_tables_is_one_that_a_source_gives():
    for system in RECORD["systems"].itertuples():
        several = len(system.layers) > 1
        assert several == (system.layer == "disputed"), system.system_id
        assert several or system.layers == ((system.layer,) if system.layer else ()), system.system_id
        assert list(system.layers) == [layer for layer in SAID_LAYERS if layer in system.layers], system.system_id


def test_who_signed_nothing_is_named_in_the_table_and_a_name_in_a_plan_is_no_order():
    frame = frame_of("reach")
    rows = frame.rows.set_index("mark")
    assert "Belgium (chosen)" in rows.loc["mistral|unsigned", "history"]
    assert "Poland (declined)" in rows.loc["samp-t|refused", "history"]
    assert not {"iron-dome", "meads"} & set(frame.rows["system_id"])
    assert any(note.startswith("Sky Shield: Iron Dome and MEADS are named in its plan") for note in frame.notes)


# Who has what.


def test_the_articles_have_five_countries_that_intend_to_buy_mistral_and_one_that_has_it():
    frame = frame_of("matrix", evidence="articles", system=("mistral",))
    assert frame.title == "Mistral: in service in one country; only intended in five"
    intended = frame.rows[frame.rows["stage"] == "intended"]
    assert set(intended["country"]) == {"Belgium", "Cyprus", "Estonia", "France", "Hungary"}
    assert standing(frame, "mistral", "UKR")["more"], "Ukraine has it, and wants more"


def test_a_wish_and_a_battery_of_another_army_are_two_things():
    frame = frame_of("matrix", system=("samp-t",))
    assert standing(frame, "samp-t", "TUR")["stage"] == "wanted"
    assert standing(frame, "samp-t", "TUR", "stationed")["giver_words"] == "Italy"
    assert "TUR" not in set(frame.rows.loc[frame.rows["group"].isin(system_standings.FIRM), "iso3"])
    romania = frame.rows.loc[frame.rows["iso3"] == "ROU", ["stage_words", "giver_words"]]
    assert romania.values.tolist() == [["stationed there", "France"]], "and nothing bought"


def test_what_was_refused_is_not_wanted_any_more_and_an_offer_that_ended_may_begin_anew():
    frame = frame_of("matrix", evidence="articles", system=("f-35", "s-400"))
    assert standing(frame, "f-35", "TUR")["stage"] == "refused"
    assert standing(frame, "s-400", "TUR")["stage"] == "acquired"
    assert frame.title == "F-35 and S-400: bought in one country; refused in one"
    frame = frame_of("matrix", system=("samp-t",))
    assert standing(frame, "samp-t", "POL")["stage"] == standing(frame, "samp-t", "SWE")["stage"] == "declined"
    switzerland = standing(frame, "samp-t", "CHE")
    assert switzerland["stage"] == "offered" and "declined, 30 June 2021" in switzerland["history"]


def test_an_intent_that_became_an_order_is_an_order():
    frame = frame_of("matrix", system=("mistral",))
    estonia = standing(frame, "mistral", "EST")
    assert "intended, 19 June 2023" in estonia["history"] and "ordered, 6 June 2025" in estonia["history"]
    romania = standing(frame, "mistral", "ROU")
    assert romania["stage"] == "contracted" and not romania["more"]
    belgium = standing(frame, "mistral", "BEL")
    assert belgium["stage"] == "selected", "what is cleared and not signed is no order"
    assert "intended, 19 June 2023" in belgium["history"] and "ordered" not in belgium["history"]


def test_by_default_the_systems_of_the_two_camps_are_shown():
    frame = frame_of("matrix")
    assert {"mistral", "samp-t", "iris-t-slm", "arrow-3", "patriot"} <= set(frame.rows["system_id"])
    assert not {"rafale", "vl-mica", "nasams"} & set(frame.rows["system_id"])
    assert set(frame.rows["camp"]) == {"german_led", "french_led"}


@pytest.mark.parametrize("evidence", ["all", "articles"])
def test_a_country_s_page_counts_the_same_systems_as_the_camps_(evidence):
    record, grid = RECORD.only(evidence), frame_of("matrix", evidence=evidence).rows
    firm = grid[grid["group"].isin(system_standings.FIRM) & (grid["track"] == "own")]
    told = procurement.purchases(record)
    told = told[told["stage"].isin(procurement.BOUGHT)]
    of_grid = {(row.iso3, row.system_id) for row in firm.itertuples() if row.iso3 != "UKR"}
    assert set(zip(told["iso3"], told["system_id"], strict=True)) == of_grid
    ukraine = set(firm.loc[firm["iso3"] == "UKR", "system_id"])
    assert set(procurement.gifts(record)["system_id"]) == ukraine


def test_the_matrix_says_who_has_systems_of_both_camps_and_groups_the_rows_by_it():
    frame = frame_of("matrix")
    firm = frame.rows[frame.rows["group"].isin(system_standings.FIRM)]
    both = {country for country, pairs in firm.groupby("country") if {"german_led", "french_led"} <= set(pairs["camp"])}
    assert both == set(frame.rows.loc[frame.rows["whose"] == "both", "country"])
    assert all(country in frame.title for country in both)
    assert frame.title.endswith("systems of both camps; buying is not joining")


@pytest.mark.parametrize("narrow", [False, True])
def test_the_matrix_has_a_sign_of_its_own_for_each_group_of_stages(narrow):
    frame = frame_of("matrix")
    figure = registry.exhibits_of(SystemsView(view="matrix"))[0].panels[0](frame, narrow=narrow)
    symbols = {}
    for trace in figure.data:
        if trace.customdata is not None and isinstance(trace.marker.symbol, tuple):
            hollow = [colour == "#ffffff" for colour in trace.marker.color]
            looks = zip(trace.marker.symbol, hollow, strict=True)
            symbols.update(zip((data[0] for data in trace.customdata), looks, strict=True))
    looks_of = frame.rows.assign(look=frame.rows["mark"].map(symbols)).groupby("group")["look"].agg(set)
    assert dict(looks_of) == {
        "has": {("square", False)}, "ordered": {("square", True)}, "unsigned": {("circle", False)},
        "stationed": {("triangle-up", True)}, "refused": {("x-thin-open", False)},
    }  # fmt: skip


def test_a_stage_that_is_inferred_has_a_dashed_outline_and_a_date_alone_has_not():
    rows = frame_of("matrix").rows
    assert standing(frame_of("matrix"), "mistral", "UKR")["is_inferred"], (
        "in service follows from a word of the article"
    )
    denmark = rows[(rows["iso3"] == "DNK") & (rows["system_id"] == "skyranger-30")].iloc[0]
    assert denmark["inferred_words"] == "date inferred" and not denmark["is_inferred"]


# Who gave what.


def test_where_no_source_names_the_supplier_nobody_is_named():
    given = frame_of("flows", evidence="articles", system=("samp-t", "crotale")).rows
    suppliers = dict(zip(given["mark"], given["giver_words"], strict=True))
    assert suppliers["samp-t|UKR|"] == "supplier not named" and suppliers["crotale|UKR|FRA"] == "France"
    notes = frame_of("matrix", evidence="articles", system=("samp-t", "crotale")).notes
    assert "Ukraine was supplied with Crotale from France." in notes
    assert "From whom Ukraine has SAMP/T is not said." in notes


def test_ukraine_stands_among_the_suppliers_alone_and_stationing_has_a_column_of_its_own():
    frame = frame_of("flows")
    others = frame.rows[frame.rows["part"] == "others"]
    assert "UKR" not in set(others["iso3"])
    assert {"ROU", "LTU"} <= set(others.loc[others["group"] == "stationed", "iso3"])

    (exhibit,) = registry.exhibits_of(SystemsView(view="flows"))
    axis = exhibit.panels[0](frame, narrow=True).layout.xaxis
    assert (axis.scaleanchor, axis.constrain) == ("y", "domain"), "stretched, its names would stand far apart"


# Choices.


def test_a_stage_that_is_chosen_shows_all_that_ever_reached_it_and_says_so():
    frame = frame_of("flows", system=("samp-t",), stage=("declined",))
    assert set(frame.rows["iso3"]) == {"CHE", "POL", "SWE"}
    assert "may have gone further since" in frame.caption
    assert frame.title == "SAMP/T, counting only “declined”: declined in three countries"


def test_a_system_that_the_articles_do_not_name_is_said_to_be_missing():
    frame = frame_of("flows", evidence="articles", system=("mistral", "iris-t-slm"))
    assert frame.notes[0] == "Not named in this evidence: IRIS-T SLM."
    alone = frame_of("flows", evidence="articles", system=("iris-t-slm",))
    assert alone.title == "The sources chosen do not name these systems"


# The reference.


def test_a_disputed_layer_and_what_a_range_is_of_are_told():
    table = frame_of("reference").rows.set_index("system_id")
    disputed = RECORD["systems"].loc[lambda rows: rows["layer"] == "disputed", "system_id"]
    assert table.loc[disputed, "layer_words"].str.endswith(", sources disagree").all()
    assert table.loc[disputed, "disputed"].all()
    assert table.loc["samp-t", "layer_words"] == "medium or long range, sources disagree"
    assert "medium or long range" in table.loc["samp-t", "dispute_words"]
    ranged = table[table["max_range_km"].notna()]
    assert len(ranged) and ranged["range_words"].str.fullmatch(r"[\d,]+ km: .+").all()


def test_the_systems_stand_in_groups_from_the_highest_layer_down_and_other_weapons_last():
    groups = list(dict.fromkeys(frame_of("reference").rows["group_words"]))
    assert groups == [
        "Above the atmosphere", "Long range", "Medium or long range", "Medium range", "Short or medium range",
        "Short range", "Very short or short range", "Air defence, no layer given", "Other weapons and vehicles",
    ]  # fmt: skip


def test_from_the_articles_alone_a_layer_is_disputed_only_if_they_dispute_it():
    table = frame_of("reference", evidence="articles").rows.set_index("system_id")
    assert table.loc["samp-t", "layer_words"] == "medium or long range, sources disagree"
    assert table.loc["mistral", "layer_words"] == "short range", "what disputes it is on pages of the public record"
    assert table.loc["patriot", "layer_words"] == ""
    assert table.loc["mistral", "range_words"] == "", "no article has its range"


def test_every_system_has_a_card(subtests):
    for system_id, name in RECORD.system_names.items():
        with subtests.test(system_id):
            (card,) = cards(RECORD, SystemsView(view="reference", system=(system_id,)))
            assert card.name == name and card.claim_ids
            transfers, links = (
                rows[rows["system_id"] == system_id] for rows in (RECORD["transfers"], RECORD["initiative_systems"])
            )
            assert {row.iso3 for _, rows in card.by_stage() for row in rows} == set(transfers["to_iso3"])
            assert {initiative_id for initiative_id, _, _ in card.initiatives} == set(links["initiative_id"])
