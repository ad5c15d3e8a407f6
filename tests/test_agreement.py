"""Chart, table, alt text and file of every view come from one place, and say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd
import pytest

from two_shields.domain import procurement
from two_shields.exhibits import registry
from two_shields.exhibits.frame import Frame
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import AidView, InitiativesView, OverviewView
from two_shields.text import phrases

INITIATIVES = [
    {},
    {"country": ("FRA", "EST")},
    {"country": ("MLT",)},
    {"initiative": ("essi",)},
    {"initiative": ("fcas", "mistral-joint-purchase")},
    {"reading": "strict"},
    {"reading": "broad"},
    {"as_of": date(2022, 10, 13)},
    {"as_of": date(2023, 6, 19), "reading": "broad"},
]
AID = [
    {},
    {"donor": ("FRA",)},
    {"donor": ("DEU", "POL")},
    {"donor": ("EUU",)},
    {"donor": ("AUT",)},  # of whom no total is told
    {"kind": ("military",)},
    {"kind": ("loan",)},
    {"kind": ("financial", "humanitarian")},
    {"until": date(2023, 2, 28)},
    {"since": date(2023, 1, 1), "until": date(2024, 6, 30), "donor": ("FRA", "GBR")},
]


def _views() -> list[InitiativesView | AidView]:
    views = []
    for evidence in ("articles", "all"):
        views += [
            InitiativesView(view=kind, evidence=evidence, **q) for kind in InitiativesView.views() for q in INITIATIVES
        ]
        views += [AidView(view=kind, evidence=evidence, **q) for kind in AidView.views() for q in AID]
        page = OverviewView(evidence=evidence)
        views += [
            InitiativesView(view="map", evidence=page.evidence),
            InitiativesView(view="growth", evidence=page.evidence),
            AidView(view="cumulative", evidence=page.evidence),
        ]
    return list(dict.fromkeys(views))


@dataclass(frozen=True)
class Exhibit:
    """A view with what the page makes of it."""

    view: InitiativesView | AidView
    record: Record  # as the view's evidence shows it
    frame: Frame

    @cached_property
    def figure(self):
        (panel,) = registry.panels_of(self.view)
        return panel(self.frame)


_MADE: dict[object, Exhibit] = {}


VIEWS = _views()
ON_AID = pytest.mark.parametrize("exhibit", [v for v in VIEWS if isinstance(v, AidView)], ids=View.link, indirect=True)
ON_INITIATIVES = pytest.mark.parametrize(
    "exhibit", [v for v in VIEWS if isinstance(v, InitiativesView)], ids=View.link, indirect=True
)


@pytest.fixture(params=VIEWS, ids=View.link)
def exhibit(request, record) -> Exhibit:
    view = request.param
    if view not in _MADE:
        _MADE[view] = Exhibit(view, record.only(view.evidence), registry.frame_of(record, view))
    return _MADE[view]


def amounts(text: str) -> list[str]:
    return re.findall(r"€[\d.,]+ (?:billion|million)", text)


@ON_AID
def test_the_amounts_of_the_title_are_amounts_of_the_table(exhibit):
    frame = exhibit.frame
    shown = set(frame.rows["amount_words"]) if len(frame.rows) else set()
    if len(frame.rows) and "month" in set(frame.rows["series"]):
        dated = frame.rows[frame.rows["series"] == "month"]
        undated = frame.rows.loc[frame.rows["series"] == "undated", "amount_eur"].sum()
        by_month = dated.groupby("month")["amount_eur"].sum()
        shown |= {phrases.euros(undated), phrases.euros(dated["amount_eur"].sum()), *by_month.map(phrases.euros)}
    shown |= set(amounts(frame.caption))  # what a part of the time leaves out
    assert set(amounts(frame.title)) <= shown
    if exhibit.view.view != "monthly" and len(frame.rows):
        assert amounts(frame.title), "the title gives an amount"


@ON_INITIATIVES
def test_the_counts_of_the_title_are_counts_of_the_rows(exhibit):
    rows, title = exhibit.frame.rows, exhibit.frame.title
    match exhibit.view.view:
        case "map" | "overlap":
            number = rows["state"].value_counts()
            for state, pattern in (
                ("german_led", r"(\d+|none|no)(?: country is| countries are)?(?: only)? in the Sky Shield"),
                ("french_led", r"(\d+|none)(?: only)? on the French-led track"),
            ):
                if found := re.search(pattern, title):
                    assert int(found[1].replace("none", "0").replace("no", "0")) == number.get(state, 0)
            for name in rows.loc[rows["state"] == "both", "country"].head(5):
                assert name in title
        case "growth":
            lines = rows[rows["series"] == "named"].groupby("line_name")["members"].last()
            told = {name: int(number) for name, number in re.findall(r"([^;:,]+): (\d+)(?= members?| *;| *$)", title)}
            assert {name.strip(): number for name, number in told.items()} == lines.to_dict() or lines.empty
        case "matrix":
            inside = rows[rows["inside"]].groupby("country")["initiative_id"].nunique()
            if found := re.search(r"(?:, )?([^,]+) is in (\d+) of", title):
                if found[1][0].isupper():
                    assert inside[found[1]] == int(found[2]) == inside.max()


CORPORA = {
    (): "",
    ("article",): "articles",
    ("record",): "public record",
    ("article", "record"): "articles and public record",
}


def test_the_table_says_in_words_what_marks_show_by_shade_and_sign(exhibit):
    frame, sources = exhibit.frame, exhibit.record["sources"].set_index("source_id")
    claims = exhibit.record["claims"].set_index("claim_id")
    bought = procurement.purchases(exhibit.record, getattr(exhibit.view, "as_of", None))
    beside = {claim_id for lot in bought.itertuples() for claim_id in lot.claim_ids}
    for row, words in zip(frame.rows.to_dict("records"), frame.table[frame.rests_on], strict=True):
        ids = [one for one in row["claim_ids"] if frame.rests_on == "Rests on" or one not in beside]
        of_row = sources.loc[list(claims["source_id"].loc[ids]) or [one for one in [row.get("source_id")] if one]]
        corpora, *signs = words.split("; ")
        assert corpora == CORPORA[tuple(sorted(set(of_row["corpus"])))], row["mark"]
        inferred = row.get("inferred_words")
        told = [inferred] if isinstance(inferred, str) and inferred else []
        told += ["from a headline alone"] * (row.get("headline") is True)
        told += ["sources disagree"] * bool(row["disputed"]) + ["weak alone"] * bool(row["weak"])
        assert signs == told, row["mark"]
        if bool(ids) and set(of_row["grade"]) <= {"C", "D"}:
            assert "weak alone" in signs, row["mark"]


def test_the_source_line_counts_what_the_rows_rest_on(exhibit):
    frame = exhibit.frame
    claim_ids = {claim_id for ids in frame.rows["claim_ids"] for claim_id in ids} if len(frame.rows) else set()
    found = re.search(r"Rests on (no|\d+) claim", frame.source_line)
    assert (0 if not found or found[1] == "no" else int(found[1])) == len(claim_ids)
    if exhibit.view.evidence == "articles":
        assert "public record" not in frame.source_line


def test_a_figure_does_not_change_its_frame(exhibit):
    before = exhibit.frame.rows.copy(deep=True)
    assert exhibit.figure is not None
    pd.testing.assert_frame_equal(exhibit.frame.rows, before)
