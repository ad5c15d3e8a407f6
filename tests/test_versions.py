"""Published versions: read as they were, compared cell by cell, and released with a reason for each correction."""

import csv
import io
import shutil
import zipfile

import pytest
from conftest import FIRST

from tools import release
from two_shields.contract.schema import TABLES
from two_shields.contract.snapshot import Snapshot
from two_shields.exhibits import registry
from two_shields.record import versions
from two_shields.record.changes import changes
from two_shields.record.record import Record
from two_shields.state.views import PAGES, AidView

# Reading.


@pytest.mark.parametrize("version", versions.published())
def test_every_published_version_can_be_read_and_shown(version):
    """A version that today's code cannot read is red here, and never a broken page."""
    old = Record.of_version(version)
    assert old.data_version == version
    assert all(tuple(old[table.name].columns) == table.column_names for table in TABLES)
    for page in PAGES.values():
        for shown in page.views():
            for evidence in ("all",) if "cell_claims" in old.lacks else ("all", "articles"):
                values = {"evidence": evidence} | ({"view": shown} if shown else {})
                assert registry.frame_of(old, page(**values)).title


def test_the_first_version_is_as_it_was_published(first):
    assert {name: len(first[name]) for name in ("claims", "memberships", "aid_monthly", "events", "cell_claims")} == {
        "claims": 861, "memberships": 115, "aid_monthly": 1155, "events": 174, "cell_claims": 0,
    }  # fmt: skip
    joined = first["memberships"].set_index("membership_id").loc["fcas-bel-requested"]
    assert (joined["iso3"], joined["date"]) == ("BEL", "2023-06-16")
    assert first.files["memberships.csv"].startswith(b"initiative_id,iso3,status,date,")


def test_it_says_what_it_lacks(first, record):
    assert {"cell_claims", "memberships.membership_id", "events.weight", "conflicts.cells"} <= first.lacks
    assert "claims.statement" not in first.lacks and not record.lacks
    assert first.only("articles") is first, "which cells the articles bear out it cannot tell, and its pages say so"


def test_what_rows_were_called_by_is_now_their_id(first):
    ids = first["memberships"]["membership_id"]
    assert {"mistral-joint-purchase-bel-joined-2024-06-19", "essi-deu-lead", "samp-t-programme-ita-party"} <= set(ids)
    assert ids.is_unique and first["initiative_systems"]["link_id"].is_unique
    counts = first["member_counts"].set_index("count_id")
    assert counts.loc["essi-10-2023-10", "reading"] == "strict"
    assert counts.loc["essi-24-2025-08-04", "reading"] == "broad"


def test_a_version_that_did_not_say_who_is_in_europe_adds_up_europe_as_today(first, record):
    """Without Germany and all others, its Europe was the EU institutions alone, and less than the United States."""
    today = record["countries"].set_index("iso3")["in_europe"]
    assert "countries.in_europe" in first.lacks
    old = first["countries"].set_index("iso3")["in_europe"]
    assert old.to_dict() == today[old.index].to_dict() and {True, False} == set(old)
    assert registry.frame_of(first, AidView()).title.startswith("Europe allocated 1.9 times as much")


def test_few_old_records_are_kept(tmp_path):
    shutil.copy(versions.VERSIONS / f"{FIRST}.zip", tmp_path)
    again = Record.of_version(FIRST, tmp_path)
    assert Record.of_version(FIRST, tmp_path) is again
    for number in range(versions.MOST_KEPT):
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copy(versions.VERSIONS / f"{FIRST}.zip", folder)
        Record.of_version(FIRST, folder)
    assert Record.of_version(FIRST, tmp_path) is not again


@pytest.mark.parametrize("name", ["2026-11-20-00000000", "", "../2026-11-20-bf1662be"])
def test_no_other_version_is_known(name):
    with pytest.raises(versions.UnknownVersion):
        Record.of_version(name)


def test_an_archive_that_is_not_what_was_published_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / f"{FIRST}.zip", "w") as packed:
        packed.writestr("claims.csv", "claim_id\n")
    with pytest.raises(versions.UnknownVersion, match="digest"):
        Record.of_version(FIRST, tmp_path)


# Comparing.


def texts(tables):
    return versions.text_tables(Snapshot.take(tables.path).contents)


def test_rows_that_came_and_went_and_cells_that_changed_are_told(small):
    before = texts(small)
    assert changes(before, texts(small)) == []
    small.set("transfers", "mistral-bel", quantity="8", from_iso3="FRA")
    small.drop("memberships", "essi-pol-joined")
    small.add("aid", aid_id="fra-more", donor="FRA", recipient="UKR", kind="loan", measure="reported", amount_eur="5")
    assert [change[:6] for change in changes(before, texts(small))] == [
        ("memberships", "essi-pol-joined", "", "removed", "essi, POL, joined, 2023-02-13", ""),
        ("transfers", "mistral-bel", "from_iso3", "changed", "FRA;ITA", "FRA"),
        ("transfers", "mistral-bel", "quantity", "changed", "6", "8"),
        ("aid", "fra-more", "", "added", "", "FRA, UKR, loan, reported, 5"),
    ]


def test_the_first_version_differs_from_today_s_where_it_was_mended(first, record):
    changed = changes(versions.text_tables(first.files), versions.text_tables(record.files))
    found = {(change.table, change.place): (change.was, change.now) for change in changed}
    assert found["memberships", "fcas-bel-requested/date"] == ("2023-06-16", "2023-06-19")
    assert not any(place.endswith(("/weight", "/reading")) for _, place in found)


# Releasing.


@pytest.fixture
def house(small, tmp_path):
    """A small record with one published version and its changelog."""
    folder = tmp_path / "versions"
    folder.mkdir()
    published = Snapshot.take(small.path)
    files = {name: content for name, content in published.contents.items() if name.endswith(".csv")}
    (folder / f"2024-02-01-{published.version}.zip").write_bytes(release.archive(files))
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("# Changelog\n\nWhat changed.\n\n## 2024-02-01\n\nThe first.\n", encoding="utf-8")

    def publish(day: str = "2025-06-25") -> list[str]:
        return release.release(small.path, folder, changelog, day)

    publish.tables, publish.folder, publish.changelog = small, folder, changelog
    return publish


def test_unchanged_data_are_no_new_version_and_a_changed_cell_waits_for_its_reason(house):
    (reason,) = house()
    assert reason.startswith("nothing has changed since 2024-02-01-")
    house.tables.set("transfers", "mistral-bel", quantity="8")
    (fault,) = house()
    assert "corrections.csv" in fault and "column reason" in fault and "may not be blank" in fault
    header, *_, row = house.tables.rows("corrections")
    assert dict(zip(header, row, strict=True)) == {
        "correction_id": "2025-06-25-transfers-mistral-bel-quantity", "date": "2025-06-25", "table": "transfers",
        "row_id": "mistral-bel/quantity", "was": "6", "now": "8", "reason": "",
    }  # fmt: skip
    assert len(versions.published(house.folder)) == 1 and "2025-06-25" not in house.changelog.read_text()


def test_with_its_reason_it_is_published_with_all_that_changed(house):
    house.tables.set("transfers", "mistral-bel", quantity="8")
    house()
    house.tables.set("corrections", "2025-06-25-transfers-mistral-bel-quantity", reason="Two were miscounted.")
    assert house() == []
    _, new = versions.published(house.folder)
    assert new == f"2025-06-25-{Snapshot.take(house.tables.path).version}"
    old = Record.of_version(new, house.folder)
    assert old["transfers"]["quantity"].tolist() == [8.0] and not old.lacks
    (told,) = csv.DictReader(io.StringIO(versions.files_of(new, house.folder)["changes.csv"].decode()))
    assert [told[name] for name in ("row_id", "was", "now")] == ["mistral-bel", "6", "8"]
    assert told["reason"] == "Two were miscounted."
    text = house.changelog.read_text("utf-8")
    assert text.index(f"## 2025-06-25\n\nData version `{new}`") < text.index("## 2024-02-01")
    assert "- `transfers`: 1 cells changed.\n" in text


def test_a_row_that_went_and_a_cell_that_was_emptied_are_corrections_too(house):
    house.tables.drop("memberships", "essi-pol-joined")
    house.tables.set("transfers", "mistral-bel", quantity="", unit="")
    house()
    needed = {row[3]: (row[4], row[5]) for row in house.tables.rows("corrections")[1:]}
    assert needed["essi-pol-joined"] == ("essi, POL, joined, 2023-02-13", "deleted")
    assert needed["mistral-bel/quantity"] == ("6", "blank") and needed["mistral-bel/unit"] == ("launchers", "blank")


def test_what_is_new_and_what_a_row_rests_on_needs_no_reason(house):
    house.tables.set("memberships", "mistral-bel-letter", claim_ids="alpha-p1a;alpha-p2a")
    house.tables.set("claims", "page-b", note="Read again.")
    house.tables.set("countries", "POL", nato_since="1999-03-12")
    assert house() == []
    assert len(versions.published(house.folder)) == 2


def test_a_reason_stays_when_the_value_changes_once_more(house):
    house.tables.set("transfers", "mistral-bel", quantity="8")
    house()
    house.tables.set("corrections", "2025-06-25-transfers-mistral-bel-quantity", reason="Miscounted.")
    house.tables.set("transfers", "mistral-bel", quantity="9")
    assert house() == []
    assert house.tables.rows("corrections")[-1][4:] == ["6", "9", "Miscounted."]


def test_broken_data_are_not_published(house):
    line = house.tables.set("transfers", "mistral-bel", quantity="many")
    assert any(fault.startswith(f"transfers.csv, line {line}, column quantity") for fault in house())
    assert len(versions.published(house.folder)) == 1
