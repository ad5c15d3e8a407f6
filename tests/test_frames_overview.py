"""The Overview's figures and findings: each is said by the view that it leads to."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from two_shields.exhibits import registry
from two_shields.exhibits.overview import findings as overview
from two_shields.record.record import Record
from two_shields.state.views import PAGES, AidView, InitiativesView, OverviewView
from two_shields.text import phrases

EVIDENCE = pytest.mark.parametrize("evidence", ["articles", "all"])


def values(record, evidence: str) -> dict[str, str]:
    return {figure.label: figure.value for figure in overview.headlines(record, OverviewView(evidence=evidence))}


def test_the_figures_of_the_articles(record):
    assert values(record, "articles") == {
        "In the Sky Shield": "17", "In the Mistral purchase": "5", "In both camps": "1", "Largest loan": "€90 bn",
    }  # fmt: skip


def test_the_figures_of_the_whole_record(record):
    assert values(record, "all") == {
        "In the Sky Shield": "23", "In the Mistral purchase": "9", "In both camps": "6", "Largest loan": "€90 bn",
    }  # fmt: skip


def test_a_count_says_how_many_of_it_are_named_and_when_it_was(record):
    shield = overview.headlines(record, OverviewView(evidence="articles"))[0]
    assert shield.help.startswith("2023. Sources name 5 of them.")


def test_the_loan_is_never_added_to_aid(record):
    loan = overview.headlines(record, OverviewView())[-1]
    assert "never added to aid" in loan.help
    assert loan.view == AidView(view="reported", donor=("EUU",))


@EVIDENCE
def test_each_figure_stands_in_the_view_that_it_leads_to(evidence, record):
    shield, mistral, both, loan = overview.headlines(record, OverviewView(evidence=evidence))
    for figure in (shield, mistral):
        rows = registry.frame_of(record, figure.view).rows
        assert int(figure.value) == rows["members"].max()
    rows = registry.frame_of(record, both.view).rows
    assert int(both.value) == (rows["state"] == "both").sum()
    amounts = registry.frame_of(record, loan.view).rows["amount_words"]
    assert loan.value.replace(" bn", " billion") in set(amounts)


@EVIDENCE
def test_each_finding_is_said_by_the_view_that_it_leads_to(evidence, record):
    both, readings, totals = overview.findings(record, OverviewView(evidence=evidence))
    assert both.sentence == registry.frame_of(record, both.view).title
    assert totals.sentence == registry.frame_of(record, totals.view).title
    rows = registry.frame_of(record, readings.view).rows
    strict = rows.loc[rows["series"] == "named", "members"].max() if len(rows) else 0
    assert readings.sentence.startswith(f"The Sky Shield has {phrases.count(strict, 'member')} if only")


def test_the_readings_explain_why_counts_differ(record):
    sentence = overview.findings(record, OverviewView())[1].sentence
    assert sentence == (
        "The Sky Shield has 13 members if only signed memorandums and contracts count, "
        "23 if letters of intent and joining count too, and 24 with those who plan to join"
    )


@EVIDENCE
def test_the_evidence_goes_along_with_every_link(evidence, record):
    view = OverviewView(evidence=evidence)
    leads = [
        *(figure.view for figure in overview.headlines(record, view)),
        *(finding.view for finding in overview.findings(record, view)),
        InitiativesView(view="map", evidence=view.evidence), InitiativesView(view="growth", evidence=view.evidence), AidView(view="cumulative", evidence=view.evidence),
    ]  # fmt: skip
    for lead in leads:
        assert lead.evidence == evidence
        assert PAGES[lead.path].parse(lead.query(), record) == (lead, ())


def test_a_record_without_loans_or_members_still_has_its_figures(small):
    whole = small.load()
    emptied = {name: whole.tables[name].iloc[:0] for name in ("memberships", "member_counts")}
    record = Record(MappingProxyType({**whole.tables, **emptied}), whole.version, whole.files)
    assert values(record, "all") == {"In both camps": "0"}
