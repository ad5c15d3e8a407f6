"""A country's page: where it stands in a sentence, its badges, its map, layers, aid and steps, all from the rows."""

from functools import cache

import pytest
from checked_in import RECORD

from two_shields.contract.schema import TABLE_BY_NAME
from two_shields.domain import aid as sums_of_aid
from two_shields.domain import membership
from two_shields.exhibits.country import aid, layers, place, standing
from two_shields.exhibits.country.portrait import Portrait, portrait
from two_shields.state.views import CountryView


@cache
def of(iso3: str, evidence: str = "all") -> Portrait:
    return portrait(RECORD, CountryView(country=iso3, evidence=evidence))


@pytest.mark.parametrize("evidence", ["all", "articles"])
def test_every_country_has_a_portrait_that_can_be_drawn(evidence):
    for iso3 in RECORD["countries"]["iso3"]:
        one = of(iso3, evidence)
        for frame, draw in (
            (one.standing, standing.figure), (one.aid, aid.figure), (one.layers, layers.figure), (one.place, place.figure),
            (one.systems, None), (one.events, None),
        ):  # fmt: skip
            if frame is None:
                continue
            assert len(frame.rows) and frame.rows["mark"].is_unique and len(frame.table) == len(frame.rows)
            assert frame.title and "nan" not in frame.title.lower().split()
            if draw:
                draw(frame, "dark", narrow=True)
        assert one.is_silent == (not one.summary and not one.mentions), iso3
        assert set(one.conflicts.columns) >= set(TABLE_BY_NAME["conflicts"].column_names)


def test_the_sentence_agrees_with_the_map():
    words = {
        "both": "is in both camps: it ", "german_led": "is in the Sky Shield: it ", "french_led": "is on the French-led track: it ",
        "neither": "is in neither camp",
    }  # fmt: skip
    states = membership.states(RECORD, "signed").set_index("iso3")["state"]
    for iso3, state in states.items():
        one = of(iso3)
        if one.summary and state in words:
            assert words[state] in one.summary[0], iso3
        elif one.summary:
            assert "Nothing in the record" in one.summary[0], iso3


def test_a_later_report_of_what_it_is_has_no_words_on_its_track():
    figure = standing.figure(of("FRA").standing)
    said = {words.text for words in figure.layout.annotations if "Mistral" in (words.text or "")}
    assert [words.replace("<br>", " ") for words in said] == ["<b>19 Jun 2023</b> Mistral purchase: leads"]


def test_the_sentence_says_since_when_and_by_which_signature():
    assert of("EST").summary[0] == (
        "Estonia is in both camps: it signed the memorandum of the Sky Shield (11 October 2023; in since 13 October 2022) "
        "and joined the Mistral purchase (19 June 2024; in since 19 June 2023)."
    )
    assert of("EST").standing.title == of("EST").summary[0].removesuffix(".")
    poland = "Poland is in neither camp; it says that it will join the Sky Shield (15 April 2024)."
    assert of("POL").summary[0] == poland
    (why,) = of("POL").why_disputed
    assert why.startswith("Poland: in, willing or out: Poland's government declined in 2022.")
    assert of("EST").why_disputed == ()
    assert of("UKR").summary[0].startswith("Ukraine has received systems of both camps: IRIS-T SLM, ")
    assert of("USA").summary[0] == "Nothing in the record says where the United States stands between the two camps."
    assert "it stays out of the Sky Shield (February 2023, inferred)" in of("FRA").summary[0]


def test_badges_say_camp_and_status_and_lead_to_a_step():
    badges = of("EST").badges
    assert [badge.words for badge in badges] == [
        "◆ in both camps", "● Sky Shield: signed memorandum", "■ Mistral purchase: joined", "JAMIE: joined",
    ]  # fmt: skip
    assert {badge.mark for badge in badges[1:]} <= set(of("EST").standing.rows["mark"])
    assert "Sky Shield: says it will join" in [badge.words for badge in of("POL").badges], "not in: no sign before it"


def test_by_the_articles_alone_estonia_joined_by_the_day_of_their_publication():
    one = of("EST", "articles")
    assert one.summary[0].startswith("Estonia is in both camps: it joined the Sky Shield (by 2023")
    rows = one.standing.rows
    assert set(rows["initiative_id"]) == {"essi", "mistral-joint-purchase"} and one.aid is None
    joined = rows[rows["status"] == "joined"].iloc[0]
    assert joined["date_words"] == "by 2023" and joined["unsure"]


def test_layers_hold_the_firmest_stage_and_no_mere_offer():
    rows = of("EST").layers.rows.set_index("system_id")
    assert dict(rows["group"]) == {"mistral": "has", "iris-t-slm": "ordered", "samp-t": "stationed"}
    assert rows.loc["samp-t", "stage_words"] == "stationed there by Italy (June 2025)"
    assert dict(rows["layer_words"]) == {
        "mistral": "very short or short range", "iris-t-slm": "short or medium range", "samp-t": "medium or long range",
    }  # fmt: skip
    assert list(rows.index) == ["mistral", "iris-t-slm", "samp-t"], "from the lowest layer"
    assert rows.loc["mistral", "about"] == "≠ sources disagree on the layer"
    assert of("EST").layers.title == "Estonia has Mistral, ordered IRIS-T SLM and hosts SAMP/T"
    assert set(of("POL").layers.rows["system_id"]) == {"patriot"}, "SAMP/T was offered, and declined"


def test_aid_is_ranked_among_the_states_of_europe():
    frame = of("EST").aid
    sums = sums_of_aid.sums(RECORD, sums_of_aid.Period.of(RECORD))
    own = frame.rows[frame.rows["here"]].iloc[0]
    assert own["amount_eur"] == pytest.approx(sums.loc["EST", "total"])
    assert own["share"] == pytest.approx(sums.loc["EST", "total"] / sums.loc["EST", "gdp"])
    rank = int((frame.rows["amount_eur"] > own["amount_eur"]).sum()) + 1
    assert f"{rank}th of {len(frame.rows)} European states; {100 * own['share']:.1f} % of its GDP, 2nd" in frame.title
    assert "USA" not in set(frame.rows["donor"]) and "EUU" not in set(frame.rows["donor"])
    assert own["eu_words"] and f"{own['eu_words']}, is counted with the EU" in frame.caption
    drawn = " ".join(note.text for note in aid.figure(frame).layout.annotations)
    assert f"Beside that, {own['eu_words']} is its share of what the EU's" in drawn.replace("<br>", " ")
    assert "of 41 states" in of("USA").aid.title, "a donor elsewhere stands among all states"


def test_ukraine_sees_its_donors_and_no_sum_and_the_articles_hold_no_series():
    frame = of("FRA", "articles").aid
    assert frame.title.startswith("France: €2.7 billion") and set(frame.rows["donor"]) == {"FRA"}
    frame = of("UKR").aid
    assert frame.rows["donor"].is_unique and frame.rows["amount_eur"].is_monotonic_decreasing
    assert frame.rows["donor_name"].iloc[0] in frame.title
    assert len(frame.rows) == RECORD["aid_monthly"]["donor"].nunique()


def test_the_map_lies_around_the_country():
    rows = of("POL").place.rows
    assert rows["iso3"].iloc[0] == "POL" and rows["here"].sum() == 1
    assert of("POL").place.title == "Poland: says it will join"
    names = {note.text for note in place.figure(of("EST").place).layout.annotations}
    drawn = place.figure(of("FRA").place)
    outline = [x for x in drawn.data[-1].x if x is not None]
    (name,) = (note for note in drawn.layout.annotations if note.text == "<b>France</b>")
    west, east = drawn.layout.xaxis.range
    assert west < min(outline) < name.x < max(outline) < east, "the outline is where name and land are"
    assert {"<b>Estonia</b>", "Latvia"} <= names and "Spain" not in names
    assert of("USA").place is None and of("BIH").place is None


def test_neighbours_are_named_on_what_is_seen_of_them_and_no_name_crosses_land_it_is_not_of():
    def names(iso3):
        return {note.text: note for note in place.figure(of(iso3).place, narrow=True).layout.annotations}

    assert {"Germany", "Italy", "France", "Austria"} <= set(names("CHE"))
    assert "Luxembourg" not in names("BEL")
    # A name that is wider than its land stands in a box; a line leads to no land outside the map.
    assert names("CHE")["<b>Switzerland</b>"].bgcolor and not names("DEU")["<b>Germany</b>"].bgcolor
    assert "Slovenia" not in names("ALB")


def test_a_silent_country_is_told_from_one_that_is_named_and_leads_to_the_map_alone():
    assert of("BIH").is_silent and of("BIH").summary == () and set(dict(of("BIH").links)) == {"On the map"}
    iran = of("IRN")
    assert iran.mentions and not iran.is_silent and iran.events is None
    ways = {name: view.link() for name, view in of("FRA").links}
    assert ways["On the map"] == "/initiatives?country=FRA" and ways["On the timeline"] == "/timeline?country=FRA"


def test_conflicts_of_a_country_are_about_cells_of_its_own_facts():
    rows = of("EST").conflicts
    assert rows["conflict_id"].is_unique and "estonia-mistral-wording" in set(rows["conflict_id"])
    assert all(any("-est-" in cell for cell in cells) for cells in rows["cells"])


def test_a_second_country_is_in_the_address_and_not_the_first_again():
    view, notices = CountryView.parse({"country": ["EST"], "with": ["LVA"]}, RECORD)
    assert view.link() == "/country?country=EST&with=LVA" and not notices
    view, (notice,) = CountryView.parse({"country": ["EST"], "with": ["EST"]}, RECORD)
    assert view.beside is None and notice.expected == "it is the same country"


def test_intent_refusal_and_possession_are_three_things_and_a_wish_is_no_supply():
    """The articles have Türkiye want Italy's SAMP/T, and the United States refuse it the F-35."""
    wishes = "Türkiye has S-400, wants F-35 and SAMP/T, was offered or is in talks on Patriot and was refused F-35"
    assert of("TUR", "articles").systems.title == wishes
    assert of("ITA", "articles").systems.title == "Italy makes SAMP/T"
    assert "supplied" not in of("USA", "articles").systems.title
    rows = of("USA", "articles").systems.rows
    assert set(rows.loc[rows["stage"] == "refused", "dealing_words"]) == {"Sought by others"}
    assert "has Mistral (inferred), SAMP/T and Crotale" in of("UKR", "articles").layers.title
