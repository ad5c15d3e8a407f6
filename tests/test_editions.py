"""The record's version: a day and a digest, and the changelog that tells what came with it."""

import re

import pytest

from two_shields.record import versions

ENTRY = re.compile(r"^## (\d{4}-\d{2}-\d{2})$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"Data version `([^`]+)`")


@pytest.fixture(scope="module")
def entries() -> dict[str, str]:
    """The changelog's entries by day, newest first."""
    return dict(ENTRY.findall(versions.CHANGELOG.read_text("utf-8")))


def test_the_changelog_tells_of_the_version_that_is_checked_in(record, entries):
    newest = max(entries)
    # An entry may tell of the pages alone: the newest one that names a version counts.
    named = next((found for day in sorted(entries, reverse=True) if (found := NAMED.findall(entries[day]))), [])
    assert any(edition.endswith(f"-{record.version}") for edition in named), (
        f"The tables in data/ have changed: their digest is {record.version}, and the newest entry of CHANGELOG.md "
        f"that names a version does not name it. Say there what changed, under the day on which it is published, with a line "
        f"“Data version `{newest}-{record.version}`”. A value that was wrong goes to data/corrections.csv, too."
    )


def test_each_version_stands_under_its_own_day_and_once(entries):
    assert list(entries) == sorted(entries, reverse=True)
    named = [(day, edition) for day, text in entries.items() for edition in NAMED.findall(text)]
    assert named and all(versions.day(edition) == day for day, edition in named)
    assert len({edition for _, edition in named}) == len(named)


def test_no_correction_is_newer_than_the_version_that_brings_it(record):
    assert all(day <= versions.day(record.data_version) for day in record["corrections"]["date"])


def test_a_version_has_the_day_under_which_the_changelog_names_it(tmp_path):
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("## 2025-03-02\n\nData version `2025-03-02-0a1b2c3d`: new.\n", encoding="utf-8")
    assert versions.named("0a1b2c3d", changelog) == "2025-03-02-0a1b2c3d"
    assert versions.named("0a1b2c3", changelog) == "0a1b2c3", "which is another digest"
    assert versions.day("2025-03-02-0a1b2c3d") == "2025-03-02"


def test_tables_that_were_never_published_have_a_digest_and_no_day(tmp_path, small):
    for changelog in (tmp_path / "none.md", versions.CHANGELOG):
        assert versions.named("ffffffff", changelog) == "ffffffff"
    unpublished = small.load()
    assert unpublished.data_version == unpublished.version
    assert versions.day(unpublished.data_version) == ""
