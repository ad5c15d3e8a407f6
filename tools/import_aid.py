"""Take up a release of the Ukraine Support Tracker: `make import-aid FILE=…Release_31.xlsx PUBLISHED=2026-10-05`.

Its months replace those of `aid_monthly`; its totals join `aid`, each on a claim of its own; what changed against the
record is told by donor and kind. Nothing is written unless the whole record keeps its contract afterwards.
"""

import argparse
import csv
import io
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from tools.kiel_workbook import KINDS, NEAR_EUR, Refused, Release, read
from two_shields.contract.schema import TABLE_BY_NAME
from two_shields.contract.snapshot import DATA
from two_shields.contract.validation import check
from two_shields.text import dates

PAGE = "https://www.kielinstitut.de/publications/ukraine-support-tracker-data-6453/"
FIRST_DAY = "2022-01-24"
WRITTEN = ("aid", "aid_monthly", "claims", "sources")
IN_WORDS = {"total": "in all", **{kind: f"in {kind} aid" for kind in KINDS}}
SUBJECTS = {
    "EUU": "The EU's institutions",
    "GBR": "The United Kingdom",
    "NLD": "The Netherlands",
    "USA": "The United States",
}

Rows = list[dict[str, str]]


class Tables(dict[str, Rows]):
    """The tables of a folder as text, row by row in their order."""

    @classmethod
    def of(cls, folder: Path) -> Self:
        return cls(
            (name, list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text(encoding="utf-8"), newline=""))))
            for name in (*WRITTEN, "countries")
        )

    def put(self, table: str, row: Mapping[str, str]) -> None:
        """A row in place of the one with its key, otherwise before the first later key at the end of the table."""
        rows, (key, *_) = self[table], TABLE_BY_NAME[table].key
        full = {name: row.get(name, "") for name in TABLE_BY_NAME[table].column_names}
        same = next((place for place, old in enumerate(rows) if old[key] == row[key]), None)
        if same is not None:
            rows[same] = full
            return
        place = len(rows)
        while place and rows[place - 1][key] > row[key]:
            place -= 1
        rows.insert(place, full)

    def write(self, folder: Path) -> None:
        for name in WRITTEN:
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, TABLE_BY_NAME[name].column_names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self[name])
            (folder / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")


def taken_up(tables: Tables, release: Release, published: str) -> None:
    """Put a release into the tables."""
    source_id = f"kiel-ukraine-support-tracker-{release.number}"
    tables.put("sources", _source(tables, source_id, release, published))
    tables["aid_monthly"] = [
        {
            "donor": donor,
            "month": month,
            "kind": kind,
            "allocated_eur": str(amount),
            "dated": str(bool(month)).lower(),
            "source_id": source_id,
        }
        for (donor, month, kind), amount in sorted(release.months.items())
    ]
    names = {row["iso3"]: row["name"] for row in tables["countries"]} | SUBJECTS
    known = {row["aid_id"]: row for row in tables["aid"]}
    for donor, kind, measure, amount in _totals(release):
        claim_id = f"{source_id}-{donor.lower()}-{kind}-{measure}"
        millions = f"{amount / 1e6:,.3f}".rstrip("0").rstrip(".")
        statement = (
            f"{names[donor]} {measure} €{millions} million {IN_WORDS[kind]} to Ukraine between "
            f"{dates.words(FIRST_DAY)} and {dates.words(release.last_day)}."
        )
        tables.put(
            "claims",
            {
                "claim_id": claim_id,
                "source_id": source_id,
                "statement": statement,
                "certainty": "stated",
                "date": release.last_day,
                "date_basis": "stated",
                "note": f"Release {release.number}: summed over the workbook's rows. Bilateral only, current prices.",
            },
        )
        aid_id = f"{donor.lower()}-{kind}-{measure}-kiel-{release.last_day}"
        before = known.get(aid_id, {}).get("claim_ids", "")
        tables.put(
            "aid",
            {
                "aid_id": aid_id,
                "donor": donor,
                "recipient": "UKR",
                "kind": kind,
                "measure": measure,
                "amount_eur": str(amount),
                "period_start": FIRST_DAY,
                "period_end": release.last_day,
                "as_of": release.last_day,
                "part_of": "" if kind == "total" else f"{donor.lower()}-total-{measure}-kiel-{release.last_day}",
                "claim_ids": ";".join(dict.fromkeys([claim_id, *filter(None, before.split(";"))])),
            },
        )


def _source(tables: Tables, source_id: str, release: Release, published: str) -> dict[str, str]:
    there = next((row for row in tables["sources"] if row["source_id"] == source_id), None)
    if there:
        return there | ({"published": published} if published else {})
    return {
        "source_id": source_id,
        "corpus": "record",
        "grade": "B",
        "publisher": "Kiel Institute for the World Economy",
        "title": f"Ukraine Support Tracker, Release {release.number}",
        "published": published,
        "url": PAGE,
        "language": "en",
        "note": (
            f"Data to {dates.words(release.last_day[:7])}. Cite: Trebesch et al., Ukraine Support Tracker, Kiel Institute. "
            "Read from the release's workbook. Bilateral allocations by month of announcement, in current prices; arms "
            "given in kind are valued at upper market prices. Money without a month belongs to the whole alone."
        ),
    }


def _totals(release: Release) -> Iterator[tuple[str, str, str, int]]:
    """Donor, kind, measure and amount of each total, wholes before their parts; nothing is a total too."""
    allocated = release.allocated
    for donor in sorted(release.committed):
        yield donor, "total", "allocated", sum(allocated.get((donor, kind), 0) for kind in KINDS)
        yield donor, "total", "committed", release.committed[donor]
        yield from ((donor, kind, "allocated", allocated.get((donor, kind), 0)) for kind in KINDS)


def changes(before: Rows, after: Rows) -> list[tuple[str, str, float, float, float, float]]:
    """By donor and kind, in € million: what stood there, what changed in its months or has none, what is new, the sum."""
    last = max((row["month"] for row in before), default="")
    old, revised, added = (defaultdict[tuple[str, str], float](float) for _ in range(3))
    for row in before:
        old[row["donor"], row["kind"]] += float(row["allocated_eur"]) / 1e6
    for row in after:
        sums = added if row["month"] > last else revised
        sums[row["donor"], row["kind"]] += float(row["allocated_eur"]) / 1e6
    keys = sorted(old.keys() | revised.keys() | added.keys())
    table = [(*key, old[key], revised[key] - old[key], added[key], revised[key] + added[key]) for key in keys]
    return [row for row in table if abs(row[3]) >= 0.0005 or abs(row[4]) >= 0.0005]


def as_table(rows: Sequence[tuple[str, str, float, float, float, float]], since: str) -> str:
    head = f"{'donor':6} {'kind':13} {'record':>12} {'revised':>12} {'after ' + since:>15} {'now':>12}   € million"
    return "\n".join(
        [head, *(f"{d:6} {k:13} {a:12,.3f} {b:+12,.3f} {c:+15,.3f} {e:12,.3f}" for d, k, a, b, c, e in rows)]
    )


def run(path: Path, data: Path, published: str = "", *, near: float = NEAR_EUR) -> Iterator[str]:
    """Take up a workbook, and say what changed. Raises `Refused`, and has then written nothing."""
    tables = Tables.of(data)
    before = tables["aid_monthly"]
    release = read(path, {row["name"]: row["iso3"] for row in tables["countries"]}, near=near)
    taken_up(tables, release, published)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "data"
        shutil.copytree(data, copy, ignore=shutil.ignore_patterns("versions"))
        tables.write(copy)
        faults = check(copy)
        if faults:
            raise Refused(map(str, faults))
        same = all((copy / f"{n}.csv").read_bytes() == (data / f"{n}.csv").read_bytes() for n in WRITTEN)
        for name in () if same else WRITTEN:
            shutil.copyfile(copy / f"{name}.csv", data / f"{name}.csv")
    yield from (f"Note: {warning}" for warning in release.warnings)
    if same:
        yield f"Release {release.number}, to {release.last_day}: nothing changes."
        return
    last = max((row["month"] for row in before), default="")
    told = changes(before, tables["aid_monthly"])
    yield f"Release {release.number}, to {release.last_day}, is in {data}. Look at `git diff`, then at the pages."
    yield as_table(told, last) if told else "No amount by donor and kind changed."


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make import-aid", description="Take up a release of the tracker.")
    parser.add_argument("file", type=Path, help="the release's workbook, as …_Release_31.xlsx")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the tables")
    parser.add_argument("--published", default="", help="the day the release was published, YYYY-MM-DD")
    parser.add_argument("--near", type=float, default=NEAR_EUR, help="how far rows may be from the summary, in euros")
    options = parser.parse_args(None if arguments is None else list(arguments))
    try:
        for line in run(options.file, options.data, options.published, near=options.near):
            print(line)
    except Refused as refused:
        print(f"{options.file.name} was not taken up, and nothing was written:", file=sys.stderr)
        print("\n".join(f"- {problem}" for problem in refused.problems), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
