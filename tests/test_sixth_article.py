"""A sixth article, taken in by the steps of CONTRIBUTING.md: it passes the checks and shows on the page."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import ARTICLES

from two_shields.contract.validation import check
from two_shields.exhibits import registry
from two_shields.state.views import InitiativesView

FILE = "005_invented.txt"
#: No such thing was ever reported: the text was written for this test.
TEXT = """\
An invented report: Malta asks about the Sky Shield

This text was invented to test how an article is taken in. Nothing in it has happened.

On 3 March 2031 Malta signed a letter of intent to join the European Sky Shield Initiative, an invented minister said.

Four launchers would follow within two years, the invented minister added.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The articles' folder with the sixth in it; it holds no other where those are not at hand."""
    folder = tmp_path / "articles"
    if ARTICLES.is_dir():
        shutil.copytree(ARTICLES, folder, copy_function=shutil.copyfile)
        folder.chmod(0o755)
    else:
        folder.mkdir()
    (folder / FILE).write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def sixth(tables, folder):
    """A copy of the record that has taken the sixth article in."""
    copy = tables()
    copy.add(
        "sources", source_id="malta-letter", corpus="article", grade="C", publisher="nobody: invented for a test",
        title="An invented report: Malta asks about the Sky Shield", published="2031-03", language="en", file=FILE,
        sha256=hashlib.sha256((folder / FILE).read_bytes()).hexdigest(), note="Invented for a test.",
    )  # fmt: skip
    copy.add(
        "claims", claim_id="malta-letter-p3a", source_id="malta-letter", paragraph="3",
        statement="Malta signed a letter of intent to join the Sky Shield on 3 March 2031.",
        said_by="an invented minister", certainty="reported", date="2031-03-03", date_basis="stated",
    )  # fmt: skip
    copy.add(
        "claims", claim_id="malta-letter-p4a", source_id="malta-letter", paragraph="4",
        statement="4 launchers would follow within 2 years.", said_by="an invented minister", certainty="expected",
    )  # fmt: skip
    copy.add(
        "memberships", membership_id="essi-mlt-letter", initiative_id="essi", iso3="MLT", status="signed_letter_of_intent", date="2031-03-03",
        date_basis="stated", claim_ids="malta-letter-p3a",
    )  # fmt: skip
    copy.add(
        "events", event_id="malta-signs-letter", date="2031-03-03", date_basis="stated",
        title="Malta signs a letter of intent",
        topic="membership", weight="2", iso3="MLT", initiative_ids="essi", claim_ids="malta-letter-p3a",
    )  # fmt: skip
    copy.add(
        "conflicts", conflict_id="malta-launchers", topic="Launchers for Malta",
        claim_ids="malta-letter-p3a;malta-letter-p4a", cells="memberships/essi-mlt-letter/status",
        reason="definition", explanation="A letter of intent is no order of launchers.", shown="The letter of intent.",
    )  # fmt: skip
    return copy


def test_it_passes_the_checks(sixth, folder):
    missing = "" if ARTICLES.is_dir() else "a file of"  # the others, where they are not at hand
    faults = [str(fault) for fault in check(sixth.path, folder) if not (missing and fault.expected.startswith(missing))]
    assert faults == []


def test_it_shows_in_the_matrix(sixth, record):
    view = InitiativesView(view="matrix", initiative=("essi",), country=("MLT",), evidence="articles")
    assert registry.frame_of(record, view).rows.empty
    frame = registry.frame_of(sixth.load(), view)
    (row,) = frame.rows.itertuples()
    assert (row.country, row.status, row.inside) == ("Malta", "signed_letter_of_intent", True)
    assert row.when == "2031-03-03"
    assert row.claim_ids == ("malta-letter-p3a",)
    assert (row.backing, row.disputed, row.weak) == ("article", True, True)
    assert frame.table["Date"].tolist() == ["3 March 2031"]
    assert "1 claim from 1 article" in frame.source_line


def test_it_moves_the_map_from_its_day_on(sixth, record):
    def state(of, **more):
        view = InitiativesView(view="map", country=("MLT",), evidence="articles", **more)
        rows = registry.frame_of(of, view).rows
        return rows.set_index("iso3").loc["MLT", "state"]

    loaded = sixth.load()
    assert state(record) == "unknown"
    assert state(loaded, as_of=date(2031, 3, 2)) == "unknown"
    assert state(loaded, as_of=date(2031, 3, 3)) == "german_led"
    assert state(loaded, reading="strict") == "neither"
