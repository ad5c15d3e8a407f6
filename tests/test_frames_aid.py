"""The frames of the page Aid: nothing is added that does not add up."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date
from functools import cache

import pytest

from two_shields.exhibits import registry
from two_shields.exhibits.aid import totals
from two_shields.exhibits.frame import LONGEST_ALT
from two_shields.record.record import DATA
from two_shields.state.views import AidView
from two_shields.text import phrases

FRANCE = "France: €2.7 billion, February 2022 to February 2023, €750 million military of it"
LOAN = "EU institutions: €90 billion loan, reported in February 2026, period not stated"
COLUMNS = ["Donor", "Kind", "Amount", "Euros", "Measure", "Period", "Published by", "Rests on", "Claims"]


@pytest.fixture(scope="module")
def frame_of(record):
    """Makes the frame of a kind, with the fields of its view."""

    @cache
    def make(view: str, evidence: str = "all", **fields):
        return registry.frame_of(record, AidView(view=view, evidence=evidence, **fields))

    return make


@pytest.fixture(scope="module")
def months() -> list[dict[str, str]]:
    """The monthly series as it stands in the file."""
    with (DATA / "aid_monthly.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# The articles alone.


def test_in_the_articles_france_gave_2700_million_of_which_750_military(frame_of):
    frame = frame_of("reported", "articles")
    assert frame.title == FRANCE
    assert frame.alt == f"Published totals of aid to Ukraine. {FRANCE}."
    assert frame.source_line == "Rests on 3 claims from 1 article."
    rows = frame.rows.set_index("mark")
    assert rows["amount_eur"].to_dict() == {"fra-first-year-total": 2.7e9, "fra-first-year-military": 7.5e8}
    assert rows.loc["fra-first-year-military", "part_of"] == "fra-first-year-total"
    assert list(frame.table.columns) == COLUMNS


def test_in_the_articles_the_loan_stands_apart(frame_of):
    frame = frame_of("cumulative", "articles")
    assert frame.title == f"{LOAN}; {FRANCE}"
    rows = frame.rows.set_index("mark")
    assert rows.loc["europe-loan-90", ["donor", "kind", "amount_eur", "start"]].tolist() == ["EUU", "loan", 9e10, ""]
    assert set(rows["series"]) == {"total"}, "no curve without a series"


def test_in_the_articles_no_series_is_made_up(frame_of):
    frame = frame_of("monthly", "articles")
    assert frame.title == "The sources chosen give no amounts by month, only totals over longer periods"
    assert FRANCE in frame.alt
    assert set(frame.rows["series"]) == {"total"}
    assert "says nothing about its months" in frame.caption


def test_the_articles_total_spans_its_period(frame_of):
    row = frame_of("cumulative", "articles").row("fra-first-year-total")
    assert (row["start"], row["end"]) == ("2022-02-01", "2023-02-28")


# The whole record.


def test_a_curve_is_the_running_sum_of_its_series(frame_of, months):
    sums: dict[str, float] = defaultdict(float)
    for row in months:
        sums[row["donor"]] += float(row["allocated_eur"])
    rows = frame_of("cumulative").rows
    last = rows[rows["series"] == "curve"].groupby("donor").last()["amount_eur"]
    assert set(last.index) == set(totals.MAIN_DONORS)
    for donor, amount in last.items():
        assert amount == pytest.approx(sums[donor]), donor


def test_a_curve_of_one_kind_sums_that_kind(frame_of, months):
    wanted = sum(float(row["allocated_eur"]) for row in months if (row["donor"], row["kind"]) == ("DEU", "military"))
    rows = frame_of("cumulative", donor=("DEU",), kind=("military",)).rows
    assert rows[rows["series"] == "curve"]["amount_eur"].iloc[-1] == pytest.approx(wanted)
    assert set(rows["kind_words"]) == {"military"}


def test_a_curve_that_is_shown_from_a_day_has_summed_what_came_before(frame_of):
    whole = frame_of("cumulative", donor=("DEU",)).rows.set_index("mark")["amount_eur"]
    cut = frame_of("cumulative", donor=("DEU",), since=date(2024, 1, 1)).rows
    assert cut["end"].min() >= "2024-01"
    assert cut.set_index("mark")["amount_eur"].to_dict() == whole[cut["mark"]].to_dict()


def test_a_curve_holds_allocations_only(frame_of):
    rows = frame_of("cumulative").rows
    curves = rows[rows["series"] == "curve"]
    assert set(curves["measure"]) == {"allocated"}
    assert set(curves["source_id"]) == {"kiel-ukraine-support-tracker-29"}
    assert "never added" in frame_of("cumulative").caption


def test_beside_the_curves_stand_the_totals_of_the_articles_only(frame_of):
    rows = frame_of("cumulative").rows
    assert set(rows.loc[rows["series"] == "total", "mark"]) == {
        "europe-loan-90", "fra-first-year-military", "fra-first-year-total",
    }  # fmt: skip


def test_the_title_names_the_last_value_of_each_curve(frame_of):
    frame = frame_of("cumulative")
    curves = frame.rows[frame.rows["series"] == "curve"]
    last = curves.groupby("donor_name").last()["amount_eur"].sort_values(ascending=False)
    parts = [f"{name} {phrases.euros(amount)}" for name, amount in last.head(3).items()]
    assert frame.title.endswith(f": {', '.join(parts)} and {len(last) - 3} more")
    assert "Ukraine Support Tracker" in frame.source_line


def test_money_without_a_month_of_its_own_is_told_apart(frame_of, months):
    frame = frame_of("monthly")
    undated = [row for row in months if row["donor"] in totals.MAIN_DONORS and row["dated"] == "false"]
    rows = frame.rows[~frame.rows["dated"]]
    assert len(rows) == len(undated) > 0
    assert rows["mark"].str.endswith("|undated").all()
    assert set(rows["measure_words"]) == {"allocated, month is a bookkeeping date"}
    total = sum(float(row["allocated_eur"]) for row in undated)
    assert frame.title.endswith(f"{phrases.euros(total)} cannot be dated to a month")


def test_the_largest_month_counts_dated_money_only(frame_of, months):
    sums: dict[str, float] = defaultdict(float)
    for row in months:
        if row["donor"] in totals.MAIN_DONORS and row["dated"] == "true":
            sums[row["month"]] += float(row["allocated_eur"])
    month = max(sums, key=sums.get)
    assert month == "2025-03"
    assert frame_of("monthly").title.startswith(
        f"March 2025 was the month with the most aid: {phrases.euros(sums[month])};"
    )


def test_totals_compared_are_wholes_of_the_same_kind(frame_of):
    frame = frame_of("reported")
    wholes = frame.rows[(frame.rows["kind"] == "total") & ~frame.rows["part_of"].isin(frame.rows["mark"])]
    low, high = (phrases.euros(amount) for amount in (wholes["amount_eur"].min(), wholes["amount_eur"].max()))
    assert frame.title.startswith(f"France: {len(wholes)} published totals from {low} to {high}, because ")
    assert set(frame.rows["donor"]) == {"FRA"}


def test_why_totals_differ_is_told(frame_of):
    notes = frame_of("reported").notes
    assert any(note.startswith("The Élysée's €2.7 billion") for note in notes)
    assert any("share" in note and "twice" in note for note in notes)


def test_parts_lie_in_a_whole_that_is_shown_or_stand_alone(frame_of, record):
    amounts = record["aid"].set_index("aid_id")["amount_eur"]
    for donor in ("FRA", "DEU", "EUU"):
        rows = frame_of("reported", donor=(donor,)).rows
        for row in rows[rows["part_of"] != ""].itertuples():
            assert row.amount_eur <= amounts[row.part_of], row.mark


@pytest.mark.parametrize("view", AidView.views())
@pytest.mark.parametrize("evidence", ["articles", "all"])
def test_no_amount_that_is_shown_is_a_sum_of_published_totals(view, evidence, frame_of, record):
    """Every published total that is shown is a row of the record, as it stands there."""
    rows = frame_of(view, evidence).rows
    totals = rows[rows["series"] == "total"]
    known = record["aid"].set_index("aid_id")["amount_eur"]
    assert totals.set_index("mark")["amount_eur"].to_dict() == known[totals["mark"]].to_dict()


def test_a_part_is_never_added_to_its_whole(small):
    """2,700 of all kinds, of which 750 arms."""
    frame = registry.frame_of(small.load(), AidView(view="reported"))
    assert frame.title == "France: €2,700, period not stated, €750 military of it"
    assert "3,450" not in " ".join([frame.title, frame.alt, *frame.rows["heading"]])


def test_totals_of_several_measures_are_never_added(small):
    for number, measure in enumerate(("committed", "disbursed")):
        small.add("aid", aid_id=f"fra-{measure}", donor="FRA", recipient="UKR", kind="total", measure=measure,
                  amount_eur=str(4000 + number), claim_ids="page-a")  # fmt: skip
    title = registry.frame_of(small.load(), AidView(view="reported")).title
    assert title.startswith("France: 3 published totals from €2,700 to €4,001, because ")
    assert "(committed, disbursed and reported)" in title


# Filters.


def test_the_monthly_view_shows_the_months_of_its_period(frame_of):
    rows = frame_of("monthly", since=date(2024, 1, 15), until=date(2024, 3, 2)).rows
    assert set(rows["month"]) == {"2024-01", "2024-02", "2024-03"}


def test_a_total_is_shown_where_its_period_overlaps(frame_of):
    marks = {
        day: set(frame_of("cumulative", "articles", until=day).rows["mark"])
        for day in (date(2022, 1, 31), date(2022, 2, 1))
    }
    assert "fra-first-year-total" not in marks[date(2022, 1, 31)]
    assert "fra-first-year-total" in marks[date(2022, 2, 1)]
    later = frame_of("cumulative", "articles", since=date(2023, 3, 1))
    assert set(later.rows["mark"]) == {"europe-loan-90"}


@pytest.mark.parametrize("view", AidView.views())
@pytest.mark.parametrize(
    ("evidence", "fields"),
    [
        ("articles", {"donor": ("POL",)}),
        ("articles", {"donor": ("FRA",), "kind": ("loan",)}),
        ("all", {"kind": ("loan",), "donor": ("FRA",)}),
        ("all", {"since": date(2030, 1, 1)}),
        ("all", {"until": date(2019, 1, 1)}),
        ("articles", {"until": date(2019, 1, 1)}),
    ],
)
def test_a_choice_that_leaves_nothing_says_so(view, evidence, fields, frame_of):
    frame = frame_of(view, evidence, **fields)
    assert frame.title.startswith("The sources chosen give no ")
    assert frame.source_line == "Rests on no claim: there is nothing to show."
    assert frame.rows.empty


@pytest.mark.parametrize("view", AidView.views())
def test_a_kind_without_series_leads_to_its_totals(view, frame_of):
    """Loans are in no series: what is left of them are the published totals."""
    frame = frame_of(view, donor=("EUU",), kind=("loan",))
    assert "€90 billion" in set(frame.rows["amount_words"])
    assert set(frame.rows["kind"]) == {"loan"}


@pytest.mark.parametrize("view", AidView.views())
@pytest.mark.parametrize("evidence", ["articles", "all"])
def test_every_frame_keeps_its_form(view, evidence, frame_of):
    frame = frame_of(view, evidence)
    assert len(frame.alt) < LONGEST_ALT
    assert frame.rows["mark"].is_unique
    assert list(frame.table.columns) == COLUMNS
    assert re.match(r"Rests on \d+ (claim|series)", frame.source_line)
