"""Publish the data as they are: a version of their own, told apart from the last one cell by cell.

`make release` runs it. It refuses what `make check-data` refuses, and a changed or removed cell of a fact that stood in
the last version without its reason in `corrections`: it writes these rows, and whoever changed the cells fills in why.
"""

import argparse
import csv
import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from two_shields.contract.fault import Fault
from two_shields.contract.rules import FACTS
from two_shields.contract.schema import TABLE_BY_NAME, TABLES
from two_shields.contract.snapshot import DATA, Snapshot
from two_shields.contract.table import DELETED
from two_shields.contract.validation import check
from two_shields.export import datapackage
from two_shields.record import versions
from two_shields.record.changes import COLUMNS, Change, changes

#: What a correction says in `now` of a cell that is blank now.
BLANK = "blank"
#: Tables whose changed cells need a reason: facts, and the monthly series.
CORRECTED = frozenset({table.name for table in FACTS} | {"aid_monthly"})
#: Every file of an archive has this time: the same data make the same archive.
TIME = (1980, 1, 1, 0, 0, 0)

Row = Mapping[str, str]


def corrections_needed(found: list[Change], day: str) -> list[dict[str, str]]:
    """The corrections that the changes call for, without their reasons; which claims bear a row out is no cell of it."""
    return [
        {
            "correction_id": re.sub(r"[^a-z0-9]+", "-", f"{day}-{change.table}-{change.place}".lower()).strip("-"),
            "date": day,
            "table": change.table,
            "row_id": change.place,
            "was": change.was,
            "now": DELETED if change.kind == "removed" else change.now or BLANK,
            "reason": "",
        }
        for change in found
        if change.table in CORRECTED and change.was and change.column != "claim_ids"
    ]


def with_reasons(needed: list[dict[str, str]], known: list[Row], since: str) -> list[dict[str, str]]:
    """All corrections: those of earlier versions as they are, and those needed now with the reasons they have already."""
    earlier = [dict(row) for row in known if row["date"] <= since]
    reasons = {(row["table"], row["row_id"]): dict(row) for row in known if row["date"] > since}
    now = []
    for row in needed:
        told = reasons.pop((row["table"], row["row_id"]), {})
        now.append(row | {name: told[name] for name in ("correction_id", "date", "reason") if name in told})
    # What was corrected by hand and is no changed cell of a fact, such as a claim, stays with its reason.
    return [*earlier, *now, *(row for row in reasons.values() if row["reason"])]


def read_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def as_csv(columns: tuple[str, ...], rows: list[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def changes_file(found: list[Change], corrections: list[Row]) -> bytes:
    """All changes of a version, with the reasons of those that are corrections."""
    reasons = {(row["table"], row["row_id"]): row["reason"] for row in corrections}
    rows = [change._replace(reason=reasons.get((change.table, change.place), "")) for change in found]
    return as_csv(COLUMNS, [dict(zip(COLUMNS, row, strict=False)) for row in rows])


def archive(files: Mapping[str, bytes]) -> bytes:
    """The files as one archive, the same bytes for the same files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, text in files.items():
            packed.writestr(zipfile.ZipInfo(name, TIME), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def entry(version: str, last: str, found: list[Change]) -> str:
    """What the changelog says of the version: how many rows of which table came, changed or went."""
    kinds = {"added": "added", "changed": "cells changed", "removed": "removed"}
    counts = Counter((change.table, change.kind) for change in found)
    parts = {
        table.name: ", ".join(
            f"{counts[table.name, kind]:,} {words}" for kind, words in kinds.items() if counts[table.name, kind]
        )
        for table in TABLES
    }
    lines = "\n".join(f"- `{name}`: {words}." for name, words in parts.items() if words)
    return f"Data version `{version}`, after `{last}`:\n\n{lines}\n"


def with_entry(changelog: str, day: str, text: str) -> str:
    """The changelog with the entry under its day, which is made where it is missing."""
    heading = f"## {day}\n"
    if heading in changelog:
        return changelog.replace(heading, f"{heading}\n{text}", 1)
    first = changelog.find("\n## ")
    place = len(changelog) if first < 0 else first + 1
    return f"{changelog[:place]}{heading}\n{text}\n{changelog[place:]}"


def release(data: Path, folder: Path, changelog: Path, day: str, articles: Path | None = None) -> list[str]:
    """Publish the data of a folder; gives what is in the way, a line each, and nothing where they are published."""
    before = Snapshot.take(data)
    last = versions.published(folder)[-1]
    was = versions.text_tables(versions.files_of(last, folder))
    found = changes(was, versions.text_tables(before.contents))
    found = [change for change in found if change.table != "corrections"]
    if not found:
        return [f"nothing has changed since {last}"]
    columns = TABLE_BY_NAME["corrections"].column_names
    known = read_rows(before.contents["corrections.csv"])
    corrections = with_reasons(corrections_needed(found, day), known, versions.day(last))
    if corrections != known:
        (data / "corrections.csv").write_bytes(as_csv(columns, corrections))
    snapshot = Snapshot.take(data)
    faults: list[Fault] = check(snapshot, articles)
    if faults:
        return [str(fault) for fault in faults]
    version = f"{day}-{snapshot.version}"
    files = {name: content for name, content in snapshot.contents.items() if name.endswith(".csv")}
    files |= datapackage.files(version)
    files |= {"changes.csv": changes_file(found, corrections)}
    (folder / f"{version}.zip").write_bytes(archive(files))
    text = with_entry(changelog.read_text("utf-8"), day, entry(version, last, found))
    changelog.write_text(text, encoding="utf-8", newline="\n")
    return []


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python tools/release.py", description="Publish the data as a version.")
    parser.add_argument("--day", default=datetime.now(UTC).date().isoformat(), help="the day of publication, ISO 8601")
    parser.add_argument("--articles", type=Path, help="the folder of the articles' files, where it is at hand")
    options = parser.parse_args(arguments)
    articles = options.articles if options.articles and options.articles.is_dir() else None
    in_the_way = release(DATA, versions.VERSIONS, versions.CHANGELOG, options.day, articles)
    print("\n".join(in_the_way) or f"Published {versions.published()[-1]}")
    return 1 if in_the_way else 0


if __name__ == "__main__":
    sys.exit(main())
