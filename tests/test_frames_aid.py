"""The frames of the page Aid: nothing is added that does not add up."""

from datetime import date
from functools import partial
from itertools import product

import checked_in
import pytest
from checked_in import RECORD

from two_shields.exhibits import registry
from two_shields.exhibits.aid import reported_figure
from two_shields.record import versions
from two_shields.record.record import Record
from two_shields.state.views import AidView
from two_shields.text import phrases

FRANCE = "France: €2.7 billion, February 2022 to February 2023, €750 million military of it"
MONTHS = RECORD["aid_monthly"]
UNDATED = MONTHS.loc[~MONTHS["dated"], "allocated_eur"].sum()

frame_of = partial(checked_in.frame_of, AidView)


# The articles alone.


def test_in_the_articles_france_gave_2700_million_of_which_750_military():
    frame = frame_of("reported", "articles")
    assert frame.title == FRANCE
    assert frame.alt == f"Published totals of aid to Ukraine. {FRANCE}."
    assert frame.source_line == "Rests on 3 claims from 1 article."
    rows = frame.rows.set_index("mark")
    assert rows["amount_eur"].to_dict() == {"fra-first-year-total": 2.7e9, "fra-first-year-military": 7.5e8}
    assert rows.loc["fra-first-year-military", "part_of"] == "fra-first-year-total"
    assert list(frame.table.columns) == [
        "Donor", "Kind", "Amount", "Euros", "Measure", "Period", "Published by", "To know about it", "Rests on", "Claims",
    ]  # fmt: skip


def test_in_the_articles_the_loan_stands_apart():
    frame = frame_of("cumulative", "articles")
    assert (
        frame.title
        == f"EU institutions (inferred): €90 billion loan, reported in February 2026, period not stated; {FRANCE}"
    )
    rows = frame.rows.set_index("mark")
    assert rows.loc["europe-loan-90", ["donor", "kind", "amount_eur", "start"]].tolist() == ["EUU", "loan", 9e10, ""]
    assert set(rows["series"]) == {"total"}, "no curve without a series"


def test_in_the_articles_no_series_is_made_up():
    frame = frame_of("monthly", "articles")
    assert frame.title == "The sources chosen give no amounts by month, only totals over longer periods"
    assert FRANCE in frame.alt
    assert set(frame.rows["series"]) == {"total"}
    assert "says nothing about its months" in frame.caption


# The whole record.


def ends(frame, code: str):
    """The last point of a line, and the whole with what has no month, where there is some."""
    rows = frame.rows[frame.rows["code"] == code]
    whole = rows[rows["series"] == "whole"]
    return rows[rows["series"] == "line"].iloc[-1], (whole.iloc[0] if len(whole) else None)


def test_a_line_ends_at_what_has_a_month_and_its_whole_at_everything():
    frame = frame_of("cumulative")
    for donor in ("DEU", "FRA", "USA", "EUU"):
        of_donor = MONTHS[MONTHS["donor"] == donor]
        line, whole = ends(frame, donor)
        assert line["amount_eur"] == pytest.approx(of_donor.loc[of_donor["dated"], "allocated_eur"].sum()), donor
        assert (
            whole is None
            if of_donor["dated"].all()
            else whole["amount_eur"] == pytest.approx(of_donor["allocated_eur"].sum())
        )


def test_the_loan_is_beside_the_lines_with_its_evidence():
    frame = frame_of("cumulative")
    (loan,) = frame.rows[frame.rows["series"] == "loan"].itertuples()
    assert (loan.code, loan.amount_eur) == ("EUU", 9e10) and loan.claim_ids
    assert "Not in the lines: what is to be lent, €90 billion for 2026 to 2027." in frame.caption
    line, _ = ends(frame, "EUU")
    assert line["amount_eur"] < 9e10


def test_what_germany_gave_by_the_end_of_2024():
    frame = frame_of("cumulative", donor=("DEU",), kind=("military",), until=date(2024, 12, 31))
    assert frame.title == (
        "Germany allocated €10.7 billion of military aid to Ukraine by December 2024; a further €260 million has no month"
    )
    assert "whole" not in set(frame.rows["series"]), "money without a month is in no part of the time"


def test_what_france_gave_in_2025():
    frame = frame_of("cumulative", since=date(2025, 1, 1), until=date(2025, 12, 31))
    line, _ = ends(frame, "FRA")
    assert line["amount_words"] == "€2.4 billion"
    assert " in 2025, the United States €483 million" in frame.title
    rows = frame_of("ranking", since=date(2025, 1, 1), until=date(2025, 12, 31), donor=("FRA",)).rows
    assert rows["amount_eur"].tolist() == [line["amount_eur"]]


def test_what_the_members_of_the_sky_shield_gave_together():
    frame = frame_of("cumulative", by="camp")
    assert "where they stand in this version of the data" in frame.caption
    shares = frame.rows[frame.rows["series"] == "economy"].set_index("code")["value"].round(2).to_dict()
    assert shares == {"german_led": 0.85, "both": 1.21, "french_led": 0.26, "neither": 0.61}


def test_shares_of_gdp_are_of_those_who_have_an_economy():
    frame = frame_of("cumulative", per="gdp")
    assert "1.1 % of its GDP" in frame.title and "EUU" not in set(frame.rows["code"])
    assert ends(frame, "DNK")[0]["value"] == pytest.approx(3.27, abs=0.01)


def test_who_gives_the_most_for_its_size():
    frame = frame_of("ranking")
    assert frame.rows["place"].tolist() == list(range(1, 43))
    assert frame_of("ranking", sort="share").rows["name"].head(3).tolist() == ["Denmark", "Estonia", "Lithuania"]
    assert frame_of("ranking", sort="military").rows["name"].head(2).tolist() == ["United States", "Germany"]
    assert frame_of("ranking", per="head").rows["name"].head(2).tolist() == ["Norway", "Denmark"]
    assert "United States €115 billion (0.59 % of GDP)" in frame.key, "who is not drawn is told before the chart"
    assert any(
        note.startswith("European states that the series does not have") and "Serbia" in note for note in frame.notes
    )


def test_a_ranking_by_camp_names_each_camp_with_what_it_is_ranked_by():
    sums = ": Sky Shield only €93 billion, both camps €15.9 billion and French-led track only €14.4 billion"
    assert frame_of("ranking", by="camp").title == f"Aid to Ukraine allocated by April 2026{sums}"
    military = frame_of("ranking", by="camp", sort="military").title
    assert military.startswith("Military aid to Ukraine allocated by April 2026: Sky Shield only €72.3 billion")
    shares = "as a share of GDP: both camps 1.2 %, Sky Shield only 0.85 % and French-led track only 0.26 %"
    assert frame_of("ranking", by="camp", per="gdp").title.endswith(shares)


def test_a_share_of_all_aid_is_not_called_military():
    title = frame_of("ranking", sort="military", per="gdp").title
    assert title.startswith("Denmark allocated the most aid to Ukraine for the size") and "3.3 % of GDP" in title
    title = frame_of("ranking", sort="military", per="head").title
    assert title.startswith("Norway allocated the most aid to Ukraine by April 2026")


def test_the_eus_aid_is_shared_out_where_that_is_published_and_nowhere_else():
    shared = frame_of("ranking", eu="shared")
    assert "EUU" not in set(shared.rows["code"]), "nothing is counted twice"
    germany = shared.rows.set_index("code").loc["DEU"]
    assert germany["amount_eur"] / 1e9 == pytest.approx(29.928 + 19.1125, abs=0.001)
    for fields in ({"kind": ("military",)}, {"until": date(2024, 12, 31)}, {"by": "camp"}):
        frame = frame_of("ranking", eu="shared", **fields)
        assert "The EU's aid is not shared out here" in frame.caption
        assert not frame.rows["eu_share"].any()


def test_money_without_a_month_has_a_bar_of_its_own():
    frame = frame_of("monthly")
    rows = frame.rows[frame.rows["series"] == "undated"]
    assert rows["amount_eur"].sum() == pytest.approx(UNDATED) and set(rows["month"]) == {""}
    assert frame.title.endswith("; €7.51 billion has no month")
    part = frame_of("monthly", since=date(2024, 1, 1))
    assert "undated" not in set(part.rows["series"]) and "left out of any period but the whole" in part.caption


def test_the_sums_are_the_same_however_they_are_grouped():
    for by in ("donor", "camp", "bloc", "kind"):
        assert frame_of("monthly", by=by).rows["amount_eur"].sum() == pytest.approx(MONTHS["allocated_eur"].sum())
    for by in ("camp", "bloc", "kind"):
        assert f"{phrases.euros(UNDATED)} of it has no month" in frame_of("cumulative", by=by).caption


def test_a_title_of_totals_names_the_days_that_were_chosen():
    year = frame_of("reported", since=date(2025, 1, 1), until=date(2025, 12, 31)).title
    assert year.startswith("Published totals of aid to Ukraine from France that touch 2025 run from €7.91 billion")
    assert "from France that touch the time to 1 January 2024 run" in frame_of("reported", until=date(2024, 1, 1)).title


def test_a_published_sum_of_several_donors_is_no_donor_among_donors():
    assert {"EU27", "EUROPE"}.isdisjoint(frame_of("ranking").rows["code"])
    assert set(frame_of("reported", donor=("EU27",)).rows["donor_name"]) == {"EU and its members"}


def test_a_yearly_rate_makes_no_title():
    frame = frame_of("reported", donor=("GBR",), kind=("military",))
    assert "yearly_rate" in set(frame.rows["measure"]) and "a year" not in frame.title


def test_totals_of_several_measures_are_never_added(small):
    for number, measure in enumerate(("committed", "disbursed")):
        small.add("aid", aid_id=f"fra-{measure}", donor="FRA", recipient="UKR", kind="total", measure=measure,
                  amount_eur=str(4000 + number), claim_ids="page-a")  # fmt: skip
    frame = registry.frame_of(small.load(), AidView(view="reported"))
    assert "from France run from €2,700 to €4,001: " in frame.title
    assert frame.alt.endswith("Counted: reported, committed and disbursed.")


def test_a_part_of_its_totals_own_kind_is_told_by_its_claim():
    frame = frame_of("reported")
    assert "8 totals of all kinds count different things" in frame.title
    assert any(note.startswith("The Élysée's €2.7 billion") for note in frame.notes), "why they differ"
    made = reported_figure.figure(frame)
    assert not any("military, 2.1 military" in note.text for note in made.layout.annotations)
    assert "paid €2.1 billion into the European Peace<br>Facility" in str([list(one.hovertext) for one in made.data])


def test_no_amount_that_is_shown_is_a_sum_of_published_totals():
    """Every published total that is shown is a row of the record, as it stands there."""
    known = RECORD["aid"].set_index("aid_id")["amount_eur"]
    for view, evidence in product(AidView.views(), ("articles", "all")):
        rows = frame_of(view, evidence).rows
        totals = rows[rows["series"].isin(["total", "loan"])]
        assert totals.set_index("mark")["amount_eur"].to_dict() == known[totals["mark"]].to_dict()


def test_a_part_is_never_added_to_its_whole(small):
    """2,700 of all kinds, of which 750 arms."""
    frame = registry.frame_of(small.load(), AidView(view="reported"))
    assert frame.title == "France: €2,700, period not stated, €750 military of it"
    assert "3,450" not in " ".join([frame.title, frame.alt, *frame.rows["heading"]])


# Filters.


def test_the_monthly_view_shows_the_months_of_its_period():
    rows = frame_of("monthly", since=date(2024, 1, 15), until=date(2024, 3, 2)).rows
    assert set(rows["month"]) == {"2024-01", "2024-02", "2024-03"}


def test_a_total_is_shown_where_its_period_overlaps():
    assert "fra-first-year-total" not in set(frame_of("cumulative", "articles", until=date(2022, 1, 31)).rows["mark"])
    assert "fra-first-year-total" in set(frame_of("cumulative", "articles", until=date(2022, 2, 1)).rows["mark"])
    assert set(frame_of("cumulative", "articles", since=date(2023, 3, 1)).rows["mark"]) == {"europe-loan-90"}


@pytest.mark.parametrize("view", AidView.views())
def test_a_choice_that_leaves_nothing_says_so(view):
    for evidence, fields in (
        ("articles", {"donor": ("POL",)}),
        ("articles", {"until": date(2019, 1, 1)}),
        ("all", {"kind": ("loan",), "donor": ("FRA",)}),
        ("all", {"since": date(2030, 1, 1)}),
    ):
        frame = frame_of(view, evidence, **fields)
        assert frame.title.startswith("The sources chosen give no ")
        assert frame.source_line == "Rests on no claim: there is nothing to show."
        assert frame.rows.empty


@pytest.mark.parametrize("view", AidView.views())
def test_a_kind_without_series_leads_to_its_totals(view):
    """Loans are in no series: what is left of them are the published totals."""
    frame = frame_of(view, donor=("EUU",), kind=("loan",))
    assert "€90 billion" in set(frame.rows["amount_words"])
    assert set(frame.rows["kind"]) == {"loan"}


def test_what_cannot_be_ranked_or_was_not_given_is_a_sentence():
    for choice, measure in (({"per": "gdp"}, "GDP"), ({"sort": "share"}, "GDP"), ({"per": "head"}, "population")):
        view = AidView(view="ranking", donor=("EUU",), **choice)
        shown = registry.lead(RECORD, view)
        assert shown.title == f"The record gives no {measure} for EU institutions"
        (figure,) = shown.exhibit.figures_of(RECORD, view, "light")
        assert figure.layout.height > 0
    frame = frame_of("monthly", donor=("AUS",), since=date(2026, 4, 1))
    assert frame.title == "The sources chosen give no amounts for this choice" and frame.rows.empty
    shared = frame_of("ranking", donor=("EUU",), eu="shared").title
    assert shared.startswith("No donor is ranked by these sources, only totals told: EU institutions: €90 billion loan")


def test_by_a_gdp_that_a_version_of_before_does_not_have_no_line_is_drawn():
    old = Record.of_version(versions.published()[0])
    shown = registry.frame_of(old, AidView(per="gdp"))
    assert "country_reference" in old.lacks and not (shown.rows["series"] == "line").any()


def test_the_end_of_a_year_tells_the_kinds():
    rows = frame_of().rows.set_index("mark")
    assert rows.loc["DEU|2024-12", "heading"] == (
        "Germany: €15.6 billion allocated to December 2024, "
        "military €10.7 billion, financial €1.61 billion and humanitarian €3.29 billion"
    )
    military = frame_of(kind=("military",)).rows.set_index("mark")
    assert military.loc["DEU|2024-12", "amount_words"] == "€10.7 billion"
    assert military.loc["DEU|2024-12", "heading"] == "Germany: €10.7 billion allocated to December 2024, military aid"
