"""The record in use: newer data are taken up once they are whole and sound, and nobody sees anything else meanwhile."""

import json
import re
import threading
from datetime import UTC, datetime

import pytest
from page_client import opened
from starlette.applications import Starlette
from web_client import ask

from two_shields.contract import geometry, snapshot
from two_shields.contract.snapshot import MAP, Snapshot
from two_shields.export import table_files
from two_shields.record import live
from two_shields.record.live import CHECK_EVERY, LiveRecord
from two_shields.record.record import BrokenRecord, Record
from two_shields.web import ROUTES, data

APP = Starlette(routes=ROUTES)
NOON = datetime(2030, 1, 2, 12, 0, tzinfo=UTC)


class Turned:
    """A holder of a folder, whose clock and time the test turns."""

    def __init__(self, folder):
        self.seconds, self.time = 0.0, NOON
        self.current = LiveRecord(folder, clock=lambda: self.seconds, now=lambda: self.time)

    def look(self, times: int = 2) -> Record:
        for _ in range(times):
            self.seconds += CHECK_EVERY
            record = self.current.record()
        return record


@pytest.fixture
def turned(small):
    made = geometry.europe()
    yield Turned(small.path)
    geometry.use(made)


@pytest.fixture
def in_use(turned, monkeypatch):
    """The small record, in use by pages and routes."""
    monkeypatch.setattr(live, "LIVE", turned.current)
    return turned


def statement(record: Record) -> str:
    return record.claims.loc["page-a", "statement"]


def test_newer_data_are_taken_up_as_a_new_record(turned, small):
    before = turned.current.record()
    small.set("claims", "page-a", statement="Germany presented it.")
    after = turned.look()
    assert after is not before and after.version != before.version
    assert statement(after) == "Germany presented it."
    assert statement(before) == "Germany presented its plan on 13 October 2022."
    assert turned.look() is after and turned.current.refusal() is None


def test_files_are_looked_at_once_in_a_while_and_read_when_they_stand_still(turned, small, monkeypatch):
    before = turned.current.record()
    taken = []
    take = Snapshot.take.__func__
    monkeypatch.setattr(Snapshot, "take", classmethod(lambda cls, folder: taken.append(1) or take(cls, folder)))
    small.set("claims", "page-a", statement="First.")
    turned.seconds += CHECK_EVERY - 0.1
    assert turned.current.record() is before  # not yet looked
    assert turned.look(1) is before  # seen, and may still be written
    small.set("claims", "page-a", statement="Second.")
    assert turned.look(1) is before  # written again meanwhile
    assert not taken
    assert statement(turned.look(1)) == "Second."
    assert len(taken) == 1
    turned.look(5)
    assert len(taken) == 1


def test_broken_data_leave_the_last_good_record_and_are_named_until_they_are_mended(turned, small):
    good = turned.current.record()
    line = small.set("claims", "page-a", certainty="sure")
    assert turned.look() is good
    refusal = turned.current.refusal()
    assert [(fault.file, fault.line, fault.column) for fault in refusal.faults] == [("claims.csv", line, "certainty")]
    assert refusal.since == NOON
    turned.time = NOON.replace(hour=13)
    small.file("events").unlink()
    assert turned.look() is good
    assert [fault.file for fault in turned.current.refusal().faults] == ["claims.csv", "events.csv"]
    assert turned.current.refusal().since == NOON  # as long as readers have seen old data


def test_data_that_are_put_back_are_the_same_record_again(turned, small):
    good = turned.current.record()
    content = small.file("claims").read_bytes()
    small.file("claims").write_bytes(content[:-40])
    turned.look()
    assert turned.current.refusal()
    small.file("claims").write_bytes(content)
    assert turned.look() is good
    assert turned.current.refusal() is None


def test_a_first_record_that_is_broken_is_checked_once_until_its_files_change(turned, small, monkeypatch):
    small.set("claims", "page-a", certainty="sure")
    checked = []
    of = Record.of.__func__
    monkeypatch.setattr(Record, "of", classmethod(lambda cls, taken: checked.append(1) or of(cls, taken)))
    for _ in range(5):
        turned.seconds += CHECK_EVERY
        with pytest.raises(BrokenRecord, match=r"claims\.csv, line 5, column certainty: 'sure'"):
            turned.current.record()
    assert len(checked) == 1
    small.set("claims", "page-a", certainty="stated")
    turned.seconds += CHECK_EVERY
    with pytest.raises(BrokenRecord):
        turned.current.record()
    assert turned.look(1) is turned.current.record()


def test_a_first_record_that_changes_while_it_is_read_is_read_again(turned, small, monkeypatch):
    read, meddling = snapshot._read, [True]

    def meddle(path):
        content = read(path)
        if path.name == "transfers.csv" and meddling:
            meddling.clear()
            small.set("claims", "page-a", statement="Written between two reads.")
        return content

    monkeypatch.setattr(snapshot, "_read", meddle)
    with pytest.raises(BrokenRecord, match=r"claims\.csv: '': expected the file to stay as it is while it is read"):
        turned.current.record()
    turned.seconds += CHECK_EVERY
    with pytest.raises(BrokenRecord):
        turned.current.record()
    assert statement(turned.look(1)) == "Written between two reads."


def test_a_fault_that_no_check_knows_is_a_refusal_too(turned, small, monkeypatch, caplog):
    good = turned.current.record()
    monkeypatch.setattr(Record, "of", classmethod(lambda cls, taken: 1 / 0))
    small.set("claims", "page-a", statement="New.")
    assert turned.look() is good
    assert "the log says what failed" in turned.current.refusal().faults[0].expected
    assert "ZeroDivisionError" in caplog.text


def test_a_broken_map_is_refused_like_a_table(turned, small):
    good, outlines = turned.current.record(), geometry.europe()
    path = small.path / MAP
    content = path.read_text("utf-8")
    path.write_text(content.replace('"id":"ALB"', '"id":"alb"'), "utf-8")
    assert turned.look() is good and geometry.europe() is outlines
    (fault,) = turned.current.refusal().faults
    assert (fault.file, fault.line, fault.column) == (MAP, 2, "id")
    moved = json.loads(content)
    moved["features"] = moved["features"][1:]
    path.write_text(json.dumps(moved), "utf-8")
    assert turned.look() is not good
    assert "ALB" not in geometry.europe().countries and "ALB" in outlines.countries


def test_one_reads_the_new_data_and_nobody_waits_for_it(turned, small, monkeypatch):
    good = turned.current.record()
    begun, go_on, seen = threading.Event(), threading.Event(), []
    of = Record.of.__func__

    def slowly(cls, taken):
        begun.set()
        assert go_on.wait(60)
        return of(cls, taken)

    monkeypatch.setattr(Record, "of", classmethod(slowly))
    small.set("claims", "page-a", statement="New.")
    assert turned.look(1) is good
    turned.seconds += CHECK_EVERY
    reader = threading.Thread(target=lambda: seen.append(turned.current.record()))
    reader.start()
    assert begun.wait(60)
    turned.seconds += 10 * CHECK_EVERY
    assert [turned.current.record() for _ in range(3)] == [good] * 3  # while the other one reads
    go_on.set()
    reader.join(60)
    assert statement(seen[0]) == "New." and turned.current.record() is seen[0]


def test_the_first_record_is_read_once_however_many_ask(small, monkeypatch):
    holder = LiveRecord(small.path)
    read, seen = [], []
    of = Record.of.__func__
    monkeypatch.setattr(Record, "of", classmethod(lambda cls, taken: read.append(1) or of(cls, taken)))
    readers = [threading.Thread(target=lambda: seen.append(holder.record())) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(60)
    assert len(read) == 1 and len(set(map(id, seen))) == 1 and len(seen) == 8


# What readers get of it.


def test_files_are_those_that_were_checked_not_those_on_disk(in_use, small):
    before = {name: ask(APP, f"/data/{name}") for name in data.names()}
    content = small.file("claims").read_bytes()
    small.file("claims").write_bytes(b"half a fi")
    in_use.look()
    for name, answer in before.items():
        again = ask(APP, f"/data/{name}")
        assert (again.status, again.body, again.headers["etag"]) == (200, answer.body, answer.headers["etag"])
    assert ask(APP, "/data/claims.csv").body == content
    assert table_files.table_file(in_use.current.record(), "claims", "csv") == content


def test_newer_data_have_newer_files(in_use, small):
    before = ask(APP, "/data/claims.json").headers["etag"]
    small.set("claims", "page-a", statement="New.")
    in_use.look()
    after = ask(APP, "/data/claims.json", if_none_match=before)
    assert after.status == 200 and "New." in after.text
    assert b"New." in ask(APP, "/data/claims.csv").body
    assert ask(APP, "/openapi.json").text.count(in_use.current.record().version) == 1


def test_a_first_record_that_is_broken_is_a_503_in_few_words(in_use, small):
    small.set("claims", "page-a", certainty="sure")
    for address in ("/data/claims.csv", "/data/two-shields.zip", "/openapi.json", "/sitemap.xml", "/llms.txt"):
        answer = ask(APP, address)
        assert answer.status == 503
        assert answer.text == "The record is broken at the moment; please come back later.\n"
    assert ask(APP, "/preview/aid.png").status == 200


def test_every_page_says_that_newer_data_were_refused_and_shows_the_last_good_ones(in_use, small):
    good = in_use.current.record()
    line = small.set("claims", "page-a", certainty="![x](http://elsewhere.example/x.png)")
    in_use.look()
    app = opened("timeline")
    assert not app.exception and not app.error
    (notice,) = app.info
    assert notice.value.replace("\\", "") == (
        "Newer data have been ignored since 2 January 2030 at 12:00 UTC: they have a fault in claims.csv, "
        f"line {line}, column certainty. This page shows the last valid data, version {good.version}."
    )
    small.set("claims", "page-a", certainty="stated")
    in_use.look()
    assert not app.run().info


def test_a_run_keeps_to_one_record_from_its_first_line_to_its_last(in_use, small, monkeypatch):
    """Newer data are taken up whenever anybody asks: what a page says above and below is of the same ones all the same."""
    given = []

    def newer():
        small.set("claims", "page-a", statement=f"Germany presented plan {len(given)}.")
        given.append(in_use.look())
        return given[-1]

    monkeypatch.setattr(live, "record", newer)
    app = opened("evidence", claim="page-a")
    for _ in range(2):
        before = len(given)
        app.run()
        assert not app.exception and not app.error
        (letterhead,) = (one.value for one in app.text if "data version" in one.value)
        shown = [one.version for one in given].index(letterhead.rpartition(" ")[2])
        assert shown >= before
        captions = [one.value for one in app.caption if "ersion " in one.value]
        assert captions, "the footer"
        assert all(letterhead.rpartition(" ")[2] in one.replace("\\", "") for one in captions)
        said = " ".join(one.value for one in app.markdown)
        assert {int(number) for number in re.findall(r"Germany presented plan (\d+)", said)} == {shown}
    assert len({record.version for record in given}) == len(given) > 2


def test_a_first_record_that_is_broken_is_an_error_that_shows_its_faults_as_text(in_use, small):
    small.set("claims", "page-a", certainty="![x](http://elsewhere.example/x.png)")
    app = opened("timeline")
    assert not app.exception
    (error,) = app.error
    assert r"!\[x\](http\:" in error.value and "claims.csv, line" in error.value
