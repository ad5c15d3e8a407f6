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


def entry(small: Tables, **cells: str) -> int:
    """Name the claims of one cell; gives the line."""
    return small.add(
        "cell_claims", **{"table": "events", "row_id": "plan", "column": "topic", "claim_ids": "page-a"} | cells
    )


#: What `test_faults.py` does to every file and column of the record is left to it.
CASES = (
    # The file.
    *(Case(f"missing file that others refer to: {name}", lambda small, name=name: small.file(name).unlink(),
           f"{name}.csv", "", "the file to exist", line=0)
      for name in ("sources", "claims", "countries", "systems", "initiatives")),
    # One cell.
    Case("number too exact", lambda small: small.set("aid_monthly", "FRA", allocated_eur="5.1234567"), "aid_monthly.csv",
         "allocated_eur", "at most 15 digits, and 6 after the point"),
    # Several cells, several tables.
    Case("list where one value belongs", lambda small: small.set("claims", "page-a", source_id="page;beta"),
         "claims.csv", "source_id", "an id of sources.source_id"),
    Case("dated money without a month", lambda small: small.set("aid_monthly", "FRA", month=""), "aid_monthly.csv",
         "month", "a month, as `dated` is true"),
    Case("basis without date", lambda small: small.set("events", "draft", date_basis="stated"), "events.csv",
         "date_basis", "a basis where there is a date"),
    Case("part of another donor", lambda small: small.set("aid", "fra-arms", donor="BEL"), "aid.csv", "part_of",
         "a whole of the same donor, BEL"),
    Case("page's claim with paragraph", lambda small: small.set("claims", "page-a", paragraph="1"), "claims.csv",
         "paragraph", "a number for an article's claim, and for no other"),
    Case("promised id gone", lambda small: small.drop("systems", "scalp"), "systems.csv", "system_id",
         "this id to stay: others build on it", line=0),
    # Cells.
    Case("disputed cell of no table", lambda small: small.set("conflicts", "beta-and-page", cells="event/plan/date"),
         "conflicts.csv", "cells", "a table, one of sources, claims, conflicts"),
    Case("disputed cell of no row", lambda small: small.set("conflicts", "beta-and-page", cells="events/gone/date"),
         "conflicts.csv", "cells", "the id of a row of events"),
    Case("disputed cell of no column", lambda small: small.set("conflicts", "beta-and-page", cells="events/plan/day"),
         "conflicts.csv", "cells", "a column of events that says something"),
    Case("disputed cell that rests on none of the claims",
         lambda small: small.set("conflicts", "beta-and-page", cells="memberships/mistral-bel-letter/date"), "conflicts.csv",
         "cells", "a cell of a row that rests on one of these claims"),
    Case("conflict with one claim", lambda small: small.set("conflicts", "beta-and-page", claim_ids="page-a"),
         "conflicts.csv", "claim_ids", "two claims at least"),
    Case("disputed cell that is blank", lambda small: small.set("conflicts", "beta-and-page", cells="events/draft/date"),
         "conflicts.csv", "cells", "a cell that is filled"),
    Case("a cell that no entry gives its claims",
         lambda small: small.set("memberships", "mistral-bel-letter", claim_ids="alpha-p1a;page-a"), "memberships.csv", "date",
         "which of its row's claims bear the cell out: memberships,mistral-bel-letter,date,…", follow_ups=True),
    Case("claims for a cell of no table of facts", lambda small: entry(small, table="claims"), "cell_claims.csv", "table",
         "a table of facts, one of initiatives, memberships"),
    Case("claims for a cell of no row", lambda small: entry(small, row_id="gone"), "cell_claims.csv", "row_id",
         "the id of a row of events"),
    Case("claims for a cell of no column", lambda small: entry(small, column="day"), "cell_claims.csv", "column",
         "a column of events that says something"),
    Case("claims for a row's own id", lambda small: entry(small, column="event_id"), "cell_claims.csv", "column",
         "a column of events that says something"),
    Case("claims for a blank cell", lambda small: entry(small, row_id="draft", column="date", claim_ids="alpha-p2a"), "cell_claims.csv",
         "column", "a cell that is filled"),
    Case("claims for an item that is not in its list", lambda small: entry(small, column="iso3/FRA"), "cell_claims.csv",
         "column", "`iso3`, or an item of that list"),
    Case("claims for an item of what is no list", lambda small: entry(small, column="date/2022"), "cell_claims.csv",
         "column", "`date`, or an item of that list"),
    Case("claims for a cell that are not its row's", lambda small: entry(small, claim_ids="page-b"), "cell_claims.csv",
         "claim_ids", "one of the claims of its row: beta-p1a;page-a"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_found_at_its_place(case: Case, small: Tables):
    line = case.change(small)
    line = case.line if case.line is not None else line
    faults = check(small.path)
    here = [fault for fault in faults if (fault.file, fault.line, fault.column) == (case.file, line, case.column)]
    assert len(here) == 1, "\n".join(map(str, faults))
    assert case.expected in here[0].expected
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
