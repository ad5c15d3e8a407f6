"""Chart, table, alt text and file of every view come from one place, and say the same."""

import re

import pytest
from typical_views import further

from two_shields.domain import procurement
from two_shields.exhibits.registry import EXHIBITS
from two_shields.state.views import AidView, InitiativesView
from two_shields.text import dates, phrases


@pytest.fixture(
    scope="module", params=[one for one in EXHIBITS if one.page in (AidView, InitiativesView)], ids=lambda one: one.name
)
def shown(request, record):
    """The frames of an exhibit, by view."""
    return {view: request.param.frame_of(record, view) for view in dict.fromkeys(further(request.param))}


def amounts(text: str) -> list[str]:
    return re.findall(r"€[\d.,]+ (?:billion|million)", text)


def test_the_amounts_and_counts_of_the_title_are_those_of_the_rows(shown, subtests):
    for view, frame in shown.items():
        with subtests.test(view.link()):
            (_amounts if isinstance(view, AidView) else _counts)(view, frame)


def _amounts(view, frame):
    shown = set(frame.rows["amount_words"]) if len(frame.rows) else set()
    if len(frame.rows) and "month" in set(frame.rows["series"]):
        dated = frame.rows[frame.rows["series"] == "month"]
        undated = frame.rows.loc[frame.rows["series"] == "undated", "amount_eur"].sum()
        by_month = dated.groupby("month")["amount_eur"].sum()
        assert f"{dates.words(by_month.idxmax())} was the month with the most" in frame.title
        shown |= {phrases.euros(undated), phrases.euros(dated["amount_eur"].sum()), *by_month.map(phrases.euros)}
    shown |= set(amounts(frame.caption))  # what a part of the time leaves out
    assert set(amounts(frame.title)) <= shown
    if view.view != "monthly" and len(frame.rows):
        assert amounts(frame.title), "the title gives an amount"


def _counts(view, frame):
    rows, title = frame.rows, frame.title
    if view.view in ("map", "overlap"):
        assert all(name in title for name in rows.loc[rows["state"] == "both", "country"].head(5))
    elif view.view == "growth":
        lines = rows[rows["series"] == "named"].groupby("line_name")["members"].last()
        told = re.findall(r"([^;:,]+): (\d+)(?=(?: named)? members?| *;| *$)", title)
        assert {name.strip(): int(number) for name, number in told} == lines.to_dict() or lines.empty


CORPORA = {
    (): "", ("article",): "articles", ("record",): "public record", ("article", "record"): "articles and public record",
}  # fmt: skip


def test_the_table_says_in_words_what_marks_show_by_shade_and_sign(shown, record, subtests):
    for view, frame in shown.items():
        kept = record.only(view.evidence)
        sources = kept["sources"].set_index("source_id")[["corpus", "grade"]].to_dict("index")
        source_of = dict(zip(kept["claims"]["claim_id"], kept["claims"]["source_id"], strict=True))
        bought = procurement.purchases(kept, getattr(view, "as_of", None))
        beside = {claim_id for lot in bought.itertuples() for claim_id in lot.claim_ids}
        with subtests.test(view.link()):
            for row, words in zip(frame.rows.to_dict("records"), frame.table[frame.rests_on], strict=True):
                ids = [one for one in row["claim_ids"] if frame.rests_on == "Rests on" or one not in beside]
                series = [row["source_id"]] if row.get("source_id") else []
                of_row = [sources[one] for one in [source_of[claim_id] for claim_id in ids] or series]
                corpora, *signs = words.split("; ")
                assert corpora == CORPORA[tuple(sorted({one["corpus"] for one in of_row}))], row["mark"]
                inferred = row.get("inferred_words")
                told = [inferred] if isinstance(inferred, str) and inferred else []
                told += ["from a headline alone"] * (row.get("headline") is True)
                told += ["sources disagree"] * bool(row["disputed"]) + ["weak alone"] * bool(row["weak"])
                assert signs == told, row["mark"]
                if ids and {one["grade"] for one in of_row} <= {"C", "D"}:
                    assert "weak alone" in signs, row["mark"]


def test_the_source_line_counts_what_the_rows_rest_on(shown, subtests):
    for view, frame in shown.items():
        with subtests.test(view.link()):
            assert frame.source_line.startswith("Rests on ")
            claim_ids = {claim_id for ids in frame.rows["claim_ids"] for claim_id in ids} if len(frame.rows) else set()
            found = re.search(r"Rests on (no|\d+) claim", frame.source_line)
            assert (0 if not found or found[1] == "no" else int(found[1])) == len(claim_ids)
            if view.evidence == "articles":
                assert "public record" not in frame.source_line
