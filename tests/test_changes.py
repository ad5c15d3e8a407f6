"""What has changed: on the page, as a feed and for programs; all of it, or of one country or page."""

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import FIRST
from lxml import etree
from page_client import opened
from starlette.applications import Starlette
from web_client import Html, ask

from tools import release
from two_shields.contract.schema import TABLES
from two_shields.exhibits.registry import lead
from two_shields.export import change_list
from two_shields.export.change_list import ChangesView
from two_shields.record import changes as history
from two_shields.record import versions
from two_shields.record.changes import Change
from two_shields.state.views import AidView, CountryView, EvidenceView, OverviewView
from two_shields.web import ROUTES, head

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")

SECOND = "2026-12-01-0123abcd"
TOLD = (
    Change(
        "memberships", "essi-pol-joined", "date", "changed", "2023-02-13", "2024-04-16",
        "The minister spoke & <signed> later.", frozenset({"POL", "essi"}),
    ),
    Change("claims", "a-new-one", "", "added", "", "a-new-one, A & B", "", frozenset()),
)  # fmt: skip


@pytest.fixture
def second(monkeypatch) -> str:
    """A second version: Poland's day in Sky Shield was wrong, and a claim is new."""
    monkeypatch.setattr(versions, "published", lambda: (FIRST, SECOND))
    monkeypatch.setattr(history, "brought_by", lambda version: TOLD if version == SECOND else ())
    return SECOND


APP = Starlette(routes=ROUTES)


def entries(feed: str) -> dict[str, etree.Element]:
    return {entry.findtext(f"{ATOM}title"): entry for entry in etree.fromstring(feed.encode()).iter(f"{ATOM}entry")}


GRAMMAR = etree.RelaxNG(file=Path(__file__).with_name("atom.rng"))


def faults(content: bytes, address: str) -> list[str]:
    """What is wrong with a feed: by the grammar of Atom, and by those of its rules that no grammar can hold."""
    feed = etree.fromstring(content)
    GRAMMAR.validate(feed)
    found = [str(error) for error in GRAMMAR.error_log]
    parts = [feed, *feed.iter(f"{ATOM}entry")]
    ids = [part.findtext(f"{ATOM}id", "") for part in parts]
    addresses = [*ids, *(link.get("href") for link in feed.iter(f"{ATOM}link"))]
    found += [f"not an address: {one}" for one in addresses if not re.match(r"https?://[^/\s]+/\S*$", one)]
    found += [f"an id of several: {one}" for one in {*ids} if ids.count(one) > 1]
    found += [f"no time with a zone: {one.text}" for one in feed.iter(f"{ATOM}updated") if not RFC_3339.match(one.text)]
    found += [] if feed.findtext(f"{ATOM}author/{ATOM}name") else ["no author"]
    found += [f"{part.tag} has no page" for part in parts if len(part.findall(f"{ATOM}link[@rel='alternate']")) != 1]
    found += [] if [link.get("href") for link in feed.findall(f"{ATOM}link[@rel='self']")] == [address] else ["no self"]
    return found


@pytest.mark.parametrize("query", ["", "?country=POL", "?page=initiatives&country=POL"])
def test_the_feed_is_valid(second, query):
    answer = ask(APP, f"/changes.atom{query}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/atom+xml")
    assert faults(answer.body, f"https://shields.example/changes.atom{query}") == []
    assert etree.fromstring(answer.body).findtext(f"{ATOM}updated") == "2026-12-01T00:00:00Z"


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("<updated>", "<update>", "RELAXNG"),
        ("2026-12-01T00:00:00Z", "2026-12-01T00:00:00", "no time with a zone: 2026-12-01T00:00:00"),
        ("/claims.csv", "/memberships.csv", f"an id of several: https://shields.example/data/{SECOND}/memberships.csv"),
        ("<id>https://shields.example", "<id>", "not an address: /changes.atom"),
        ("<author><name>Two Shields</name></author>", "", "no author"),
        ('rel="self"', 'rel="alternate"', "no self"),
    ],
)
def test_a_slip_in_the_feed_is_found(second, was, becomes, fault):
    feed = ask(APP, "/changes.atom").text
    assert was in feed
    broken = feed.replace(was, becomes).replace(was.replace("<", "</"), becomes.replace("<", "</"))
    assert fault in "\n".join(faults(broken.encode(), "https://shields.example/changes.atom"))


def test_an_entry_tells_table_change_and_reason(second):
    found = entries(ask(APP, "/changes.atom").text)
    told = found["Data of 1 December 2026: memberships: 1 cell changed"].findtext(f"{ATOM}content")
    change = "essi-pol-joined, date changed: 2023-02-13 → 2024-04-16 (The minister spoke &amp; &lt;signed&gt; later.)"
    assert f"<li>{change}</li>" in told


def test_the_feed_of_one_country_or_page_has_its_changes_alone(second):
    for query, has in (("country=POL", True), ("country=FRA", False), ("page=initiatives", True), ("page=aid", False)):
        titles = entries(ask(APP, f"/changes.atom?{query}").text)
        assert ("Data of 1 December 2026: memberships: 1 cell changed" in titles) == has
        assert "Data of 20 November 2026: the first published version" in titles
    assert ask(APP, "/changes.atom?country=XXX&page=moon").status == 200


def test_programs_get_the_same_changes(second):
    answer = ask(APP, "/data/changes.json?country=POL")
    assert answer.headers["access-control-allow-origin"] == "*"
    new, first = json.loads(answer.body)
    assert (new["version"], new["date"], first["changes"]) == (second, "2026-12-01", [])
    (change,) = (change for change in new["changes"] if change["table"] == "memberships")
    assert change | {"was": ""} == {
        "table": "memberships", "row_id": "essi-pol-joined", "column": "date", "kind": "changed", "was": "",
        "now": "2024-04-16", "reason": "The minister spoke & <signed> later.",
    }  # fmt: skip


def test_every_change_is_of_a_page():
    shown = {table for tables in change_list.TABLES_OF.values() for table in tables}
    assert {table.name for table in TABLES} == shown


def test_every_page_names_its_feed_in_its_head(record):
    feeds = {
        OverviewView(): "", AidView(view="monthly"): "?page=aid", CountryView(country="POL"): "?country=POL",
        EvidenceView(part="changes"): "",
    }  # fmt: skip
    for view, query in feeds.items():
        html = Html(head.tags(view, lead(record, view), "https://shields.example", record.data_version))
        assert html.links["alternate"] == f"https://shields.example/changes.atom{query}"


def test_the_page_tells_changes_by_version_and_table(record):
    app = opened("evidence", part="changes")
    assert not app.exception and "What has changed in the data" in [one.value for one in app.subheader]
    told = "\n".join(one.value for one in app.markdown)
    assert "**Data of 20 November 2026**" in told and "/changes.atom" in told
    newest, *_ = change_list.so_far(record, ChangesView())
    if newest.changes:
        table, found = next(newest.by_table())
        assert f"`{table}`: {change_list.counted(found)}" in [one.label for one in app.expander]
        app.session_state[f"evidence:changes:{newest.name}:{table}"] = True
        app.run()
        assert app.dataframe[0].value["Row"].tolist() == [change.row_id for change in found][:2000]


def test_the_date_of_the_data_stands_on_a_page_in_words():
    captions = "\n".join(one.value for one in opened("aid", data=FIRST).caption)
    assert "Data of 20 November 2026, version 2026-11-20-bf1662be." in captions.replace("\\", "")


def test_a_change_knows_whom_its_row_is_about(tables, tmp_path, monkeypatch):
    folder, log = tmp_path / "published", tmp_path / "CHANGELOG.md"
    folder.mkdir()
    shutil.copy(versions.VERSIONS / f"{FIRST}.zip", folder)
    log.write_text("# Changelog\n", encoding="utf-8")
    monkeypatch.setattr(release, "check", lambda snapshot, articles: [])
    assert release.release(tables().path, folder, log, "2026-12-01") == []
    first, second = versions.published(folder)
    assert history.brought_by(first, folder) == ()
    by_place = {(change.table, change.row_id, change.column): change for change in history.brought_by(second, folder)}
    date = by_place["memberships", "fcas-bel-requested", "date"]
    assert (date.was, date.now, date.about) == ("2023-06-16", "2023-06-19", {"BEL", "fcas"})
