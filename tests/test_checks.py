"""Each kind of fault is found, with its file, line and column, and with what is expected there."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from conftest import Tables

from two_shields.contract.articles import numbers, paragraphs
from two_shields.contract.fault import Fault
from two_shields.contract.schema import TABLES
from two_shields.contract.snapshot import MAP
from two_shields.contract.validation import check, main


@dataclass(frozen=True)
class Case:
    """One way to break a small record, and the one place where that is to be noticed.

    The change gives the line of the fault, or None where `line` says it. `follow_ups` allows
    further faults: rows that build on what is now gone.
    """

    name: str
    change: Callable[[Tables], int | None]
    file: str
    column: str
    expected: str
    line: int | None = None
    follow_ups: bool = False


def changed(
    name: str, table: str, key: str, expected: str, /, at: str = "", follow_ups: bool = False, **cells: str
) -> Case:
    """Some cells of a row changed; the fault is told `at` a column, or at the last of them."""
    column = at or list(cells)[-1]
    return Case(
        name, lambda small: small.set(table, key, **cells), f"{table}.csv", column, expected, follow_ups=follow_ups
    )


def entry(name: str, at: str, expected: str, **cells: str) -> Case:
    """An entry that names the claims of one cell."""
    cells = {"table": "events", "row_id": "plan", "column": "topic", "claim_ids": "page-a"} | cells
    return Case(name, lambda small: small.add("cell_claims", **cells), "cell_claims.csv", at, expected)


def cyclic(*between: str) -> Case:
    """The arms that are a part of France's aid made a whole of it, too, by way of others."""
    wholes = (*between, "fra-arms")

    def change(small: Tables) -> int:
        for one, whole in zip(between, wholes[1:], strict=True):
            small.add("aid", aid_id=one, donor="FRA", recipient="UKR", kind="total", measure="reported", amount_eur="1",
                      part_of=whole, claim_ids="page-a")  # fmt: skip
        return small.set("aid", "fra-all", part_of=wholes[0], amount_eur="1")

    return Case(f"cyclic part_of of {len(wholes) + 1}", change, "aid.csv", "part_of", NO_CIRCLE, follow_ups=True)


NO_CIRCLE = "a whole that is not, in turn, a part of this row"
NO_FUTURE = "a day not after the newest source's"
BORNE_OUT = "a date no longer than one of its claims bears out"
DATED = (("memberships", "essi-pol-joined"), ("transfers", "mistral-bel"), ("events", "plan"))

#: What `test_faults.py` does to every file and column of the record is left to it.
CASES = (
    *(Case(f"missing file that others refer to: {name}", lambda small, name=name: small.file(name).unlink(),
           f"{name}.csv", "", "the file to exist", line=0)
      for name in ("sources", "claims", "countries", "systems", "initiatives")),
    Case("promised id gone", lambda small: small.drop("systems", "scalp"), "systems.csv", "system_id",
         "this id to stay: others build on it", line=0),
    # A row.
    changed("number too exact", "aid_monthly", "FRA", "at most 15 digits, and 6 after the point", allocated_eur="5.1234567"),
    changed("list where one value belongs", "claims", "page-a", "an id of sources.source_id", source_id="page;beta"),
    changed("dated money without a month", "aid_monthly", "FRA", "a month, as `dated` is true", month=""),
    changed("basis without date", "events", "draft", "a basis where there is a date", date_basis="stated"),
    *(changed(f"date without basis: {table}", table, key, "a basis where there is a date", date_basis="") for table, key in DATED),
    changed("period that ends before it begins", "aid", "fra-all", "a day not before period_start", period_start="2023-01-01",
            period_end="2022-01-01"),
    changed("correction of nothing", "corrections", "letter", "something else than what stood there before", now="2022"),
    changed("correction of no table", "corrections", "letter", "one of sources, claims", table="tanks"),
    # What rows say of each other.
    *(changed(f"date that no claim bears out: {table}", table, key, BORNE_OUT, date="1999-12-31") for table, key in DATED),
    *(changed(f"{table}.{column} in the future", table, key, NO_FUTURE, **{column: "2099-12-31"})
      for table, key, column in (("countries", "BEL", "nato_since"), ("countries", "BEL", "eu_since"), ("aid", "fra-all", "as_of"))),
    changed("aid_monthly.month in the future", "aid_monthly", "FRA", NO_FUTURE, month="2099-12"),
    changed("memberships.date in the future", "memberships", "essi-pol-joined", NO_FUTURE, follow_ups=True, date="2099-12-31"),
    changed("unknown donor: aid", "aid", "fra-arms", "an id of countries.iso3, or EUU", follow_ups=True, donor="QQQ"),
    changed("unknown donor: aid_monthly", "aid_monthly", "FRA", "an id of countries.iso3, or EUU", donor="QQQ"),
    changed("part of another donor", "aid", "fra-arms", "a whole of the same donor, BEL", at="part_of", donor="BEL"),
    changed("part larger than its whole", "aid", "fra-arms", "no more than its whole", amount_eur="9999"),
    changed("part of itself", "aid", "fra-all", NO_CIRCLE, follow_ups=True, part_of="fra-all"),
    cyclic(), cyclic("one"), cyclic("one", "two", "three"),
    changed("digest of an article gone", "sources", "alpha", "a value for an article", sha256=""),
    changed("file of a page", "sources", "page", "a value for an article", file="a.txt"),
    changed("article's claim without paragraph", "claims", "alpha-p1a", "a number for an article's claim, and for no other", paragraph=""),
    changed("page's claim with paragraph", "claims", "page-a", "a number for an article's claim, and for no other", paragraph="1"),
    *(changed(f"correction of no row of {table}", "corrections", "letter", f"of a row of {table}, `/` and a column", table=table, row_id=row_id)
      for table, row_id in (("claims", "no-such-claim"), ("memberships", "essi-qqq-lead"), ("aid_monthly", "FRA"))),
    # Cells.
    changed("conflict with one claim", "conflicts", "beta-and-page", "two claims at least", claim_ids="page-a"),
    *(changed(f"disputed cell {of}", "conflicts", "beta-and-page", expected, cells=cell)
      for of, cell, expected in (
          ("of no table", "event/plan/date", "a table, one of sources, claims, conflicts"),
          ("of no row", "events/gone/date", "the id of a row of events"),
          ("of no column", "events/plan/day", "a column of events that says something"),
          ("that is blank", "events/draft/date", "a cell that is filled"),
          ("that rests on none of the claims", "memberships/mistral-bel-letter/date", "a cell of a row that rests on one of these claims"))),
    changed("a cell that no entry gives its claims", "memberships", "mistral-bel-letter",
            "which of its row's claims bear the cell out: memberships,mistral-bel-letter,date,…", at="date", follow_ups=True,
            claim_ids="alpha-p1a;page-a"),
    entry("claims for a cell of no table of facts", "table", "a table of facts, one of initiatives, memberships", table="claims"),
    entry("claims for a cell of no row", "row_id", "the id of a row of events", row_id="gone"),
    entry("claims for a cell of no column", "column", "a column of events that says something", column="day"),
    entry("claims for a row's own id", "column", "a column of events that says something", column="event_id"),
    entry("claims for a blank cell", "column", "a cell that is filled", row_id="draft", column="date", claim_ids="alpha-p2a"),
    entry("claims for an item that is not in its list", "column", "`iso3`, or an item of that list", column="iso3/FRA"),
    entry("claims for an item of what is no list", "column", "`date`, or an item of that list", column="date/2022"),
    entry("claims for a cell that are not its row's", "claim_ids", "one of the claims of its row: beta-p1a;page-a", claim_ids="page-b"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_found_at_its_place(case: Case, small: Tables):
    line = case.change(small)
    line = case.line if case.line is not None else line
    faults = check(small.path)
    there = [fault for fault in faults if (fault.file, fault.line, fault.column) == (case.file, line, case.column)]
    here = [fault for fault in there if case.expected in fault.expected]
    assert len(here) == 1, "\n".join(map(str, faults))
    if not case.follow_ups:
        assert faults == here


def test_a_small_record_without_faults_has_none(small: Tables, small_articles):
    assert check(small.path) == []
    assert check(small.path, small_articles) == []


def test_the_record_that_is_checked_in_has_none(tables):
    assert [str(fault) for fault in check(tables().path)] == []


def test_the_record_that_is_checked_in_agrees_with_its_articles(tables, articles):
    assert [str(fault) for fault in check(tables().path, articles)] == []


def test_rows_that_may_not_be_alike_are_all_named(small: Tables):
    lines = {
        ("countries.csv", small.set("countries", "FRA", name="Italy")),
        ("countries.csv", small.line("countries", "ITA")),
    }
    for table, key in (("events", "plan"), ("aid_monthly", "FRA")):
        rows, line = small.rows(table), small.line(table, key)
        small.write(table, [*rows, rows[line - 1]])
        lines |= {(f"{table}.csv", line), (f"{table}.csv", len(rows) + 1)}
    faults = check(small.path)
    assert {(fault.file, fault.line) for fault in faults} == lines
    assert {(fault.column, fault.expected) for fault in faults} == {
        (columns, f"each row to differ in {columns}") for columns in ("name", "event_id", "donor, month, kind, dated")
    }


def test_a_ragged_row_does_not_hide_the_faults_of_other_rows(small: Tables):
    line = small.set("events", "plan", topic="weather")
    small.write("events", [*small.rows("events"), ["too", "short"]])
    places = [(fault.line, fault.column) for fault in check(small.path)]
    assert places == [(line, "topic"), (len(small.rows("events")), "")]


def test_a_paragraph_that_is_no_number_is_a_fault_with_the_articles_at_hand(small: Tables, small_articles):
    line = small.set("claims", "alpha-p1a", paragraph="\u00b2")
    (fault,) = check(small.path, small_articles)
    assert (fault.file, fault.line, fault.column, fault.expected) == ("claims.csv", line, "paragraph", "a whole number")


def test_several_faults_in_several_tables_are_reported_at_once_in_order(small: Tables):
    places = [
        ("aid.csv", small.set("aid", "fra-arms", donor="ITA"), "part_of"),
        ("claims.csv", small.set("claims", "beta-p1a", certainty="sure"), "certainty"),
        ("claims.csv", small.set("claims", "page-b", statement=""), "statement"),
        ("events.csv", 0, ""),
        ("memberships.csv", small.set("memberships", "mistral-bel-letter", iso3="XXX"), "iso3"),
        ("systems.csv", 0, "system_id"),
    ]
    small.file("events").unlink()
    small.drop("systems", "meads")
    faults = check(small.path)
    assert [(fault.file, fault.line, fault.column) for fault in faults] == places
    assert faults == sorted(faults)


def test_a_fault_reads_as_a_sentence_with_its_place():
    fault = Fault("claims.csv", 12, "date", "yesterday", "an ISO date")
    assert str(fault) == "claims.csv, line 12, column date: 'yesterday': expected an ISO date"
    assert str(Fault("claims.csv", 0, "", "", "the file to exist")) == "claims.csv: '': expected the file to exist"
    assert "n" * 60 + "…" in str(Fault("claims.csv", 2, "note", "n" * 10_240, "less"))


# Against the articles.


def test_paragraphs_are_the_lines_that_are_not_empty():
    assert paragraphs("one\n\n  \ntwo\r\nthree") == ["one", "two", "three"]


def test_numbers_are_read_from_digits_and_words():
    assert numbers("Seventeen, 17 and 2,400") == {"17", "2400"}
    assert numbers("€2.7 billion in twelve months") == {"2.7", "12"}
    assert numbers("Two or three of ten; twofold, often, nobody") == {"2", "3", "10"}


def test_a_number_in_words_bears_out_one_in_digits(small: Tables, small_articles):
    small.set("claims", "alpha-p2a", statement="2 ministries drew up the plan.")
    assert check(small.path, small_articles) == []


@pytest.mark.parametrize(
    ("table", "key", "cells", "column", "value", "expected"),
    [
        ("sources", "alpha", {"sha256": "0" * 64}, "sha256", "0" * 64, "the file's digest, "),
        ("sources", "alpha", {"file": "gone.txt"}, "file", "gone.txt", "a file of the articles' folder articles"),
        ("claims", "alpha-p1a", {"paragraph": "3"}, "paragraph", "3", "a paragraph from 1 to 2"),
        ("claims", "beta-p1a", {"statement": "It had 15 others."}, "statement", "15", "numbers that stand in paragraph 1"),
        ("claims", "alpha-p2a", {"statement": "Three ministries."}, "statement", "3", "numbers that stand in paragraph 2"),
    ],
)  # fmt: skip
def test_what_an_article_does_not_bear_out(table, key, cells, column, value, expected, small: Tables, small_articles):
    line = small.set(table, key, **cells)
    assert check(small.path) == []
    (fault,) = check(small.path, small_articles)
    assert (fault.file, fault.line, fault.column, fault.value) == (f"{table}.csv", line, column, value)
    assert expected in fault.expected


def test_an_article_that_was_changed_no_longer_fits_its_digest(small: Tables, small_articles):
    with (small_articles / "alpha.txt").open("a", encoding="utf-8") as file:
        file.write("One more sentence.\n")
    (fault,) = check(small.path, small_articles)
    assert (fault.file, fault.line, fault.column) == ("sources.csv", small.line("sources", "alpha"), "sha256")


# The command.


def test_the_command_ends_with_0_where_nothing_is_wrong(small: Tables, small_articles, capsys):
    for articles, how in (
        ([], "without the articles at hand"),
        (["--articles", str(small_articles / "nowhere")], "without the articles at hand"),
        (["--articles", str(small_articles)], "and against the articles"),
    ):
        assert main(["--data", str(small.path), *articles]) == 0
        assert capsys.readouterr().out == f"0 faults in {len(TABLES)} tables, checked by the schema {how}.\n"


@pytest.mark.process
def test_the_command_prints_each_fault_and_ends_with_1(small: Tables):
    line = small.set("claims", "page-b", statement="")
    run = subprocess.run(
        [sys.executable, "-m", "two_shields.contract.validation", "--data", str(small.path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stdout.splitlines() == [
        f"claims.csv, line {line}, column statement: '': expected a value: the cell may not be blank",
        f"1 faults in {len(TABLES)} tables, checked by the schema without the articles at hand.",
    ]


def test_the_command_looks_at_the_map_too(small: Tables, capsys):
    path = small.path / MAP
    path.write_text(path.read_text("utf-8").replace('"id":"ALB"', '"id":"alb"', 1), "utf-8")
    assert main(["--data", str(small.path)]) == 1
    first, *_ = capsys.readouterr().out.splitlines()
    assert first == f"{MAP}, line 2, column id: \"alb: 'alb'\": expected an ISO 3166-1 alpha-3 code"
