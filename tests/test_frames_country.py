"""A country's portrait: every country has one, and what it says stands in the record."""

import pytest

from two_shields.contract.schema import TABLE_BY_NAME
from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES
from two_shields.domain import membership
from two_shields.exhibits.country import portrait as country
from two_shields.exhibits.country.aid import figure as aid_figure
from two_shields.exhibits.country.portrait import Portrait
from two_shields.exhibits.country.standing import figure as standing_figure
from two_shields.record.record import Record
from two_shields.state.views import CountryView

RECORD = Record.load()


def portrait(iso3: str, evidence: str = "all") -> Portrait:
    return country.portrait(RECORD, CountryView(country=iso3, evidence=evidence))


@pytest.mark.parametrize("evidence", ["all", "articles"])
@pytest.mark.parametrize("iso3", list(RECORD["countries"]["iso3"]))
def test_every_country_has_a_portrait(iso3, evidence):
    one = portrait(iso3, evidence)
    for frame in (one.standing, one.systems, one.aid, one.events):
        if frame is not None:
            assert len(frame.rows) and frame.rows["mark"].is_unique and len(frame.table) == len(frame.rows)
            assert frame.title and "nan" not in frame.title.lower().split()
    if one.standing:
        standing_figure(one.standing)
    if one.aid:
        aid_figure(one.aid, "dark")
    assert one.is_silent == (not one.summary and not one.mentions)
    assert set(one.conflicts.columns) >= set(TABLE_BY_NAME["conflicts"].column_names)


def test_the_summary_agrees_with_the_map():
    states = membership.states(RECORD, "signed").set_index("iso3")["state"]
    words = {
        "both": "is in both camps",
        "german_led": "is in the Sky Shield",
        "french_led": "is on the French-led track",
        "neither": "is not in either camp",
        "unknown": "Nothing is known about",
    }
    for iso3, state in states.items():
        one = portrait(iso3)
        if one.summary:
            assert words[state] in one.summary[0], iso3


def test_estonia_by_the_articles_alone():
    one = portrait("EST", "articles")
    assert one.summary[0].startswith(
        "Estonia is in both camps. Sky Shield (ESSI): joined, by 2023 (inferred); Mistral purchase:"
    )
    assert set(one.standing.rows["initiative_id"]) == {"essi", "mistral-joint-purchase"}
    assert one.systems.title == "Estonia is meant to get Mistral"
    assert one.aid is None


def test_intent_refusal_and_possession_are_three_things():
    one = portrait("TUR", "articles")
    assert one.systems.title == (
        "Türkiye has S-400, wants F-35 and SAMP/T, was offered or is in talks on Patriot and was refused F-35"
    )
    rows = one.systems.rows.set_index("mark")
    assert (rows.loc["f-35-tur-refused", "dealing"], rows.loc["f-35-tur-wanted", "dealing"]) == ("refused", "wanted")
    assert rows.loc["samp-t-tur-wanted", "date_words"] == "date not given"


def test_a_joining_told_by_a_source_without_date_is_by_its_publication_and_hollow():
    rows = portrait("EST", "articles").standing.rows
    joined = rows[rows["status"] == "joined"].iloc[0]
    assert joined["date_words"] == "by 2023" and joined["unsure"]


def test_a_donor_stands_against_the_median_of_countries():
    frame = portrait("EST").aid
    curve = frame.rows[frame.rows["series"] == "curve"]
    assert curve["amount_eur"].is_monotonic_increasing or (RECORD["aid_monthly"]["allocated_eur"] < 0).any()
    booked = RECORD["aid_monthly"].loc[lambda rows: rows["donor"] == "EST", "allocated_eur"].sum()
    assert curve["amount_eur"].iloc[-1] == pytest.approx(booked)
    final = RECORD["aid_monthly"].loc[lambda rows: rows["donor"] != "EUU"].groupby("donor")["allocated_eur"].sum()
    assert curve["median_eur"].iloc[-1] == pytest.approx(final.median())
    rank = int((final > booked).sum()) + 1
    assert f"{rank}th of {len(final)} countries" in frame.title


def test_the_articles_hold_totals_and_no_series():
    frame = portrait("FRA", "articles").aid
    assert frame.title.startswith("France: €2.7 billion") and set(frame.rows["series"]) == {"total"}


def test_ukraine_sees_its_donors_and_no_sum():
    frame = portrait("UKR").aid
    assert frame.rows["donor"].is_unique and frame.rows["amount_eur"].is_monotonic_decreasing
    assert frame.rows["donor_name"].iloc[0] in frame.title
    assert len(frame.rows) == RECORD["aid_monthly"]["donor"].nunique()


def test_a_silent_country_is_told_from_one_that_is_named():
    assert portrait("BIH").is_silent and portrait("BIH").summary == ()
    iran = portrait("IRN")
    assert iran.mentions and not iran.is_silent and iran.events is None
    assert not portrait("MLI").is_silent and portrait("MLI").events is not None


def test_conflicts_of_a_country_are_about_cells_of_its_own_facts():
    rows = portrait("EST").conflicts
    assert rows["conflict_id"].is_unique and "estonia-mistral-wording" in set(rows["conflict_id"])
    cells = {cell for cells in rows["cells"] for cell in cells}
    assert "memberships/mistral-joint-purchase-est-signed-letter-of-intent/status" in cells
    assert all(any("-est-" in cell for cell in cells) for cells in rows["cells"])


def test_links_are_narrowed_to_the_country():
    links = dict(portrait("FRA").links)
    assert links["On the map"].link() == "/initiatives?country=FRA"
    assert links["On the timeline"].link() == "/timeline?country=FRA"
    assert links["Its aid"].link() == "/aid?donor=FRA"
    assert set(dict(portrait("BIH").links)) == {"On the map"}


def test_each_step_of_a_country_has_the_letter_of_its_status():
    """A letter tells what colour and shape leave open; who stays out has a cross alone."""
    rows = portrait("EST").standing.rows
    drawn = {
        mark[0]: text
        for trace in standing_figure(portrait("EST").standing).data if trace.customdata is not None
        for mark, text in zip(trace.customdata, trace.text, strict=True)
    }  # fmt: skip
    placed = rows[rows["placed"]]
    assert len(placed) > 3
    assert drawn == {row.mark: f"<b>{MEMBERSHIP_STATUSES[row.status].letter}</b>" for row in placed.itertuples()}


def test_what_is_inferred_is_told_in_the_summary():
    said = portrait("EST", evidence="articles").summary[0]
    assert "Sky Shield (ESSI): joined, by 2023 (inferred)" in said
    assert "signed letter of intent, 2023 (inferred)" not in said
