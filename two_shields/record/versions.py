"""The published versions of the data: each as it was, read by today's code.

`data/versions/` holds a version per archive, named after it. What a version did not have yet, it lacks: a table is empty
and a column blank, and `Record.lacks` says so. What identified a row before rows had ids of their own is turned into
the id that the row was given.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from two_shields.contract.schema import TABLES
from two_shields.contract.snapshot import DATA, digest_of
from two_shields.contract.table import Table
from two_shields.record.table import tuples

VERSIONS = DATA / "versions"
#: Records of old versions in memory at one time; whoever asks for more waits for them to be read again.
MOST_KEPT = 2

Files = Mapping[str, bytes]


class UnknownVersion(LookupError):
    """No such version was published, or its archive is not what was published."""


def published(folder: Path = VERSIONS) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in folder.glob("*.zip")))


def files_of(version: str, folder: Path = VERSIONS) -> Files:
    """The files of a version by name, byte for byte; raises `UnknownVersion`."""
    if version not in published(folder):
        raise UnknownVersion(version)
    with zipfile.ZipFile(folder / f"{version}.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    if not version.endswith(f"-{digest_of(files)}"):
        raise UnknownVersion(f"{version}: its tables have the digest {digest_of(files)}")
    return MappingProxyType(files)


def archive(version: str, folder: Path = VERSIONS) -> bytes:
    files_of(version, folder)
    return (folder / f"{version}.zip").read_bytes()


def text_tables(files: Files) -> dict[str, pd.DataFrame]:
    """All tables as text with today's columns; `attrs["had"]` names the columns that the files have themselves."""
    return {table.name: _text(table, files.get(f"{table.name}.csv", b"")) for table in TABLES}


def lacking(tables: Mapping[str, pd.DataFrame]) -> frozenset[str]:
    lacks = set()
    for table in TABLES:
        had = tables[table.name].attrs["had"]
        lacks |= {f"{table.name}.{name}" for name in table.column_names if name not in had} if had else {table.name}
    return frozenset(lacks)


def _text(table: Table, content: bytes) -> pd.DataFrame:
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline="")) if content else [()]
    read = pd.DataFrame(rows, columns=list(header), dtype=str)
    for name in table.column_names:
        if name not in read.columns:
            read[name] = _FILLED.get(f"{table.name}.{name}", lambda rows: [""] * len(rows))(read)
    read = read[list(table.column_names)]
    read.attrs["had"] = tuple(header)
    return read


# What a version before ids, readings and weights is read with. A rule here never changes: links of old versions rest on it.


def _ids(*parts: str, more: str = "") -> Callable[[pd.DataFrame], list[str]]:
    """Ids of the values of some columns, and of one more where these are not enough to tell rows apart."""

    def made(rows: pd.DataFrame) -> list[str]:
        ids = ["-".join(values).lower().replace("_", "-") for values in tuples(rows[list(parts)])]
        return [
            f"{name}-{value}" if more and value and ids.count(name) > 1 else name
            for name, value in zip(ids, rows[more] if more else ids, strict=True)
        ]

    return made


def _readings(rows: pd.DataFrame) -> list[str]:
    """The reading of a count, which its basis began with."""
    begins = (
        ("parties to the memorandum", "strict"),
        ("participants and those who declared", "broad"),
        ("participants", "signed"),
    )
    return [next((reading for words, reading in begins if basis.startswith(words)), "") for basis in rows["basis"]]


#: The countries of versions that did not say who is in Europe, and are not.
_OUTSIDE_EUROPE = frozenset({"CAN", "IRN", "ISR", "JPN", "KWT", "MLI", "NER", "SGP", "SYR", "USA"})

_FILLED: Mapping[str, Callable[[pd.DataFrame], list[str]]] = {
    "countries.in_europe": lambda rows: ["false" if iso3 in _OUTSIDE_EUROPE else "true" for iso3 in rows["iso3"]],
    "memberships.membership_id": _ids("initiative_id", "iso3", "status", more="date"),
    "member_counts.count_id": _ids("initiative_id", "count", "date"),
    "member_counts.reading": _readings,
    "initiative_systems.link_id": _ids("initiative_id", "system_id", "relation"),
    "events.weight": lambda rows: ["2"] * len(rows),
}


def changes_brought_by(version: str, folder: Path = VERSIONS) -> list[dict[str, str]]:
    """What a version changed against the one before it, as its release wrote it; nothing for the first."""
    changes = files_of(version, folder).get("changes.csv", b"")
    return list(csv.DictReader(io.StringIO(changes.decode("utf-8"), newline="")))


#: Tables do not say when they were published, and a clock would say something else on every machine; this names each
#: version in full where it tells what changed.
CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"


def named(digest: str, changelog: Path = CHANGELOG) -> str:
    """`2026-11-20-1a2b3c4d`; the digest alone where the changelog does not name it: such tables are not published."""
    text = changelog.read_text("utf-8") if changelog.is_file() else ""
    found = re.search(rf"\b\d{{4}}-\d{{2}}-\d{{2}}-{re.escape(digest)}\b", text)
    return found[0] if found else digest


def day(edition: str) -> str:
    """The day of a version, ISO 8601; blank where it has none."""
    found = re.match(r"\d{4}-\d{2}-\d{2}(?=-)", edition)
    return found[0] if found else ""
