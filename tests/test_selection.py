"""Parts of tables: chosen by the parameters of the views, in the sense of the views, written as the files are."""

import csv
import io
import json
from datetime import date
from itertools import product
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from test_views import RECORD, views
from web_client import ask

from two_shields.contract.schema import TABLE_BY_NAME, TABLES
from two_shields.domain import membership
from two_shields.exhibits import registry
from two_shields.exhibits.evidence.lists import found_ids
from two_shields.export import table_files
from two_shields.export.selection import SELECTIONS
from two_shields.record.record import DATA
from two_shields.state.views import AidView, EvidenceView, TimelineView
from two_shields.text import phrases
from two_shields.web import data

APP = Starlette(routes=data.ROUTES)
EVERY_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def part(address: str) -> list[dict[str, str]]:
    """The rows of a part as a program reads them."""
    answer = ask(APP, f"/data/{address}")
    assert answer.status == 200
    return list(csv.DictReader(io.StringIO(answer.text)))


def whole(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# The form of the files.


@EVERY_TABLE
def test_as_json_a_table_has_the_rows_and_the_values_of_its_file(table, record):
    written = json.loads(table_files.table_file(record, table.name, "json"))
    file = whole(table.name)
    assert len(written) == len(file)
    for row, cells in zip(written, file, strict=True):
        for column in table.columns:
            value, text = row[column.name], cells[column.name]
            if column.type == "list":
                assert value == (text.split(";") if text else [])
            elif not text:
                assert value is None
            elif column.type in ("integer", "number"):
                assert value == float(text)
            else:
                assert value == ({"true": True, "false": False}[text] if column.type == "boolean" else text)


@EVERY_TABLE
def test_without_parameters_a_table_is_its_file_byte_for_byte(table):
    for query in ("", "?utm_source=x", "?as_of="):
        assert ask(APP, f"/data/{table.name}.csv{query}").body == (DATA / f"{table.name}.csv").read_bytes()


# What is chosen.


def test_memberships_of_an_initiative_and_countries():
    rows = part("memberships.csv?initiative=essi&country=POL&country=deu")
    expected = [r for r in whole("memberships") if r["initiative_id"] == "essi" and r["iso3"] in ("POL", "DEU")]
    assert rows == expected and {row["iso3"] for row in rows} == {"POL", "DEU"}


def test_as_of_means_what_it_means_on_the_page(record):
    for day, evidence in product((date(2022, 12, 31), date(2023, 2, 14), date(2024, 6, 1)), ("all", "articles")):
        rows = part(f"memberships.csv?as_of={day}&evidence={evidence}")
        shown = membership.changes(record.only(evidence), day)
        assert {row["membership_id"] for row in rows} == set(shown["membership_id"])
        assert 0 < len(rows) == len(shown) < len(membership.changes(record.only(evidence)))


def test_monthly_aid_adds_up_to_the_line_of_the_page_and_to_what_has_no_month(record):
    view = AidView(donor=("FRA", "DEU"), kind=("military",), until=date(2024, 6, 30))
    rows = part("aid_monthly.csv?donor=FRA&donor=DEU&kind=military&to=2024-06-30")
    frame = registry.frame_of(record, view)
    lines = frame.rows[frame.rows["series"] == "line"].groupby("code").last()
    for donor in ("FRA", "DEU"):
        booked = sum(float(row["allocated_eur"]) for row in rows if (row["donor"], row["dated"]) == (donor, "true"))
        assert booked == pytest.approx(lines.loc[donor, "amount_eur"])
    without = sum(float(row["allocated_eur"]) for row in rows if row["dated"] == "false")
    assert frame.title.endswith(f"a further {phrases.euros(without)} has no month")


def test_published_totals_are_those_of_the_page(record):
    first, last = {"since": date(2023, 1, 1)}, {"until": date(2023, 6, 1)}
    for kind, days in product(((), ("loan",), ("military", "financial")), ({}, first, last, first | last)):
        view = AidView(view="reported", donor=("FRA",), kind=kind, **days)
        rows = part(f"aid.csv?{urlsplit(view.replace(view='cumulative').link()).query}")
        assert {row["aid_id"] for row in rows} == set(registry.frame_of(record, view).rows["mark"])


def test_events_are_those_of_the_page(record):
    view = TimelineView(
        topic=("aid", "delivery"), country=("DEU", "FRA"), since=date(2023, 1, 1), until=date(2024, 5, 3)
    )
    rows = part(f"events.csv?{urlsplit(view.link()).query}")
    assert rows and {row["event_id"] for row in rows} == set(registry.frame_of(record, view).rows["mark"])


@pytest.mark.parametrize("query", ["q=mistral", "q=Erdoğan&source=erdogan-macron", "q=turkiye&evidence=articles"])
def test_claims_are_those_that_the_search_finds(query, record):
    view, notices = EvidenceView.parse(parse_qs(query), record)
    rows = part(f"claims.csv?{quote(query, safe='=&')}")
    assert not notices and rows
    assert {row["claim_id"] for row in rows} == set(found_ids(record.only(view.evidence), view))


@pytest.mark.parametrize(("table", "column", "code"), [
    ("transfers", "system_id", "system=mistral"), ("transfers", "stage", "stage=delivered"),
    ("initiative_systems", "initiative_id", "initiative=essi"), ("systems", "system_id", "system=patriot"),
    ("sources", "source_id", "source=mistral-letter"), ("countries", "iso3", "country=FRA"),
    ("initiatives", "initiative_id", "initiative=eads"), ("events", "initiative_ids", "initiative=essi"),
    ("events", "system_ids", "system=samp-t"), ("conflicts", "claim_ids", "claim=mistral-letter-p1a"),
    ("member_counts", "initiative_id", "initiative=essi"), ("claims", "claim_id", "claim=mistral-letter-p1a"),
])  # fmt: skip
def test_a_code_chooses_the_rows_that_hold_it(table, column, code):
    value = code.partition("=")[2]
    rows = part(f"{table}.csv?{code}")
    assert rows == [row for row in whole(table) if value in row[column].split(";")]
    assert 0 < len(rows) < len(whole(table))


def test_a_transfer_concerns_both_sides_and_an_undated_one_stays():
    rows = part("transfers.csv?country=FRA&as_of=2022-01-01")
    assert all("FRA" in (*row["from_iso3"].split(";"), row["to_iso3"]) for row in rows)
    assert {row["to_iso3"] == "FRA" for row in rows} == {True, False}
    assert all(row["date"][:4] <= "2021" or not row["date"] for row in rows) and any(not row["date"] for row in rows)


def test_articles_leave_what_the_articles_bear_out(record):
    rows = part("claims.csv?evidence=articles")
    assert len(rows) == len(record.only("articles")["claims"]) < len(whole("claims"))
    kept = {row["claim_id"] for row in rows}
    for table in TABLES:
        if table.rests_on_claims:
            facts = part(f"{table.name}.csv?evidence=articles")
            assert facts and all(set(fact["claim_ids"].split(";")) <= kept for fact in facts)


# What is said of it.


def test_an_answer_says_what_it_chose_and_what_it_left_out():
    answer = ask(APP, "/data/memberships.csv?country=XXX&country=fra&view=map&as_of=yesterday&utm_source=letter")
    assert answer.headers["two-shields-selected"] == "country=FRA"
    left_out = {"country": ["XXX"], "view": ["map"], "as_of": ["yesterday"]}
    assert parse_qs(answer.headers["two-shields-left-out"]) == left_out
    exposed = answer.headers["access-control-expose-headers"]
    assert "Two-Shields-Selected" in exposed and "Two-Shields-Left-Out" in exposed
    bare = ask(APP, "/data/memberships.csv")
    assert not {"two-shields-selected", "two-shields-left-out"} & set(bare.headers)
    for name in ("two-shields.zip", "datapackage.json"):
        assert parse_qs(ask(APP, f"/data/{name}?country=FRA").headers["two-shields-left-out"]) == {"country": ["FRA"]}


@pytest.mark.parametrize("query", ["%00=%0d%0aX:1", "country=%0d%0aSet-Cookie:x", "q=%FF%FE", "=", "&&&", "country=" + "x" * 5000,
                                   "&".join(f"n{n}=1" for n in range(300)), "from=0000-00-00&to=9999-99-99"])  # fmt: skip
@pytest.mark.parametrize("table", ["claims.csv", "aid.json", "corrections.csv", "two-shields.zip"])
def test_nothing_that_is_asked_is_an_error(table, query):
    answer = ask(APP, f"/data/{table}?{query}")
    assert answer.status == 200
    assert all(len(value) < 4000 and value.isprintable() for value in answer.headers.values())


def test_the_tag_is_of_the_part():
    address = "/data/memberships.csv?initiative=essi"
    tags = {ask(APP, one).headers["etag"] for one in ("/data/memberships.csv", address, f"{address}&country=POL")}
    assert len(tags) == 3
    tag = ask(APP, address).headers["etag"]
    assert ask(APP, "/data/memberships.csv?country=xxx&initiative=ESSI").headers["etag"] == tag
    again = ask(APP, address, if_none_match=tag)
    assert (again.status, again.body) == (304, b"")
    assert again.headers["two-shields-selected"] == "initiative=essi"
    assert ask(APP, "/data/memberships.csv", if_none_match=tag).status == 200
    assert ask(APP, address, "HEAD").headers["etag"] == tag


# Any choice.


@EVERY_TABLE
@settings(max_examples=settings().max_examples // 4)
@given(drawn=st.data())
def test_any_choice_gives_rows_of_the_table_in_their_order(table, drawn):
    chosen = drawn.draw(views(SELECTIONS[table.name])).replace(data_=None)
    assert SELECTIONS[table.name].parse(chosen.query(), RECORD) == (chosen, ())
    values = chosen.values()
    answer = ask(APP, f"/data/{table.name}.csv?{urlencode(chosen.query(), doseq=True)}")
    assert answer.status == 200
    lines = list(csv.reader(io.StringIO(answer.text)))
    assert tuple(lines[0]) == TABLE_BY_NAME[table.name].column_names
    if values["evidence"] == "all" and table.name != "countries":
        places = [list(row.values()) for row in whole(table.name)]
        position = -1
        for line in lines[1:]:
            position = places.index(line, position + 1)
