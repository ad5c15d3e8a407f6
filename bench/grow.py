"""A record that has grown: 100 times the claims, memberships, transfers and monthly rows of the real one.

    python -m bench.grow FOLDER [FACTOR]

How it grows. The real rows stay as they are. What comes is the rest of the world: 190 further countries (with codes
that ISO 3166 leaves to its users), and as many further initiatives, systems and months as it takes to give them that
many memberships, transfers and monthly amounts, each row resting on a claim of its own. So the countries of a view,
and what they joined, are what they were, and everything that a page has to look through is 100 times as much. Were
it otherwise, with 100 times the marks on one chart, no chart of it could be read, and drawing it would be measured.
Sources grow more slowly, ten for each further time: whoever reads on finds more claims in each. The tables keep
their contract: `python -m two_shields.contract.validation --data FOLDER` finds no fault. Invented rows serve to measure alone.
"""

from __future__ import annotations

import csv
import itertools
import shutil
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from two_shields.contract.schema import TABLES
from two_shields.record.record import DATA

COUNTRIES = 190
SOURCES = 10
KINDS = ("financial", "humanitarian", "military")
FIRST_DAY, FIRST_MONTH = date(2010, 1, 1), 2015 * 12

Rows = list[dict[str, str]]


def grow(folder: Path, factor: int = 100, data: Path = DATA) -> None:
    """Write the grown tables into a folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {table.name: _read(data / f"{table.name}.csv") for table in TABLES}
    more = factor - 1
    claims = _claims(tables, more)
    codes = [f"X{first}{second}" for first, second in itertools.product(map(chr, range(65, 91)), repeat=2)][:COUNTRIES]
    tables["countries"] += [
        {"iso3": code, "name": f"Land {code}", "in_europe": "false", "lat": "0", "lon": str(place - 90)}
        for place, code in enumerate(codes)
    ]
    _memberships(tables, codes, more, claims)
    _transfers(tables, codes, more, claims)
    _months(tables, codes, more)
    tables["claims"] += claims
    for table in TABLES:
        _write(folder / f"{table.name}.csv", table.column_names, tables[table.name])
    for path in data.iterdir():
        if path.is_file() and not (folder / path.name).exists():
            shutil.copy(path, folder)


def _claims(tables: dict[str, Rows], more: int) -> Rows:
    """Further claims with the words of the real ones, a day each, and the sources that make them."""
    real = tables["claims"]
    sources = [
        {
            "source_id": f"grown-{place}", "corpus": "record", "grade": "ABC"[place % 3], "publisher": f"Grown {place}",
            "title": f"Report number {place}", "published": _day(place), "url": f"https://example.org/{place}",
            "language": "en",
        }
        for place in range(SOURCES * more)
    ]  # fmt: skip
    tables["sources"] += sources
    return [
        {
            "claim_id": f"grown-claim-{place}",
            "source_id": sources[place % len(sources)]["source_id"],
            "statement": real[place % len(real)]["statement"],
            "said_by": real[place % len(real)]["said_by"],
            "certainty": real[place % len(real)]["certainty"],
            "date": _day(place),
            "date_basis": "stated",
        }
        for place in range(more * len(real))
    ]


def _memberships(tables: dict[str, Rows], codes: list[str], more: int, claims: Rows) -> None:
    number = more * len(tables["memberships"])
    initiatives = [f"grown-initiative-{place}" for place in range(-(-number // len(codes)))]
    tables["initiatives"] += [
        {
            "initiative_id": name, "name": f"Grown initiative {place}", "short_name": f"Grown {place}", "camp": "other",
            "kind": "programme", "lead_iso3": codes[place % len(codes)], "description": "An initiative to measure with.",
            "claim_ids": claims[place]["claim_id"],
        }
        for place, name in enumerate(initiatives)
    ]  # fmt: skip
    pairs = itertools.islice(itertools.product(initiatives, codes), number)
    tables["memberships"] += [
        {
            "membership_id": f"{initiative_id}-{iso3.lower()}",
            "initiative_id": initiative_id,
            "iso3": iso3,
            "status": "joined",
        }
        | _resting(claim)
        for (initiative_id, iso3), claim in zip(pairs, claims, strict=False)
    ]


def _transfers(tables: dict[str, Rows], codes: list[str], more: int, claims: Rows) -> None:
    real = tables["transfers"]
    number = more * len(real)
    systems = [f"grown-system-{place}" for place in range(-(-number // len(codes)))]
    tables["systems"] += [
        {
            "system_id": name, "name": f"Grown system {place}", "kind": "surface_to_air_missile_system",
            "origin_iso3": codes[place % len(codes)], "claim_ids": claims[place]["claim_id"],
        }
        for place, name in enumerate(systems)
    ]  # fmt: skip
    pairs = itertools.islice(itertools.product(systems, codes), number)
    tables["transfers"] += [
        {
            "transfer_id": f"grown-transfer-{place}", "system_id": system_id, "to_iso3": iso3,
            "stage": real[place % len(real)]["stage"],
        } | _resting(claim)
        for place, ((system_id, iso3), claim) in enumerate(zip(pairs, reversed(claims), strict=False))
    ]  # fmt: skip


def _months(tables: dict[str, Rows], codes: list[str], more: int) -> None:
    rows = tables["aid_monthly"]
    source_id, number = rows[0]["source_id"], more * len(rows)
    months = (f"{place // 12}-{place % 12 + 1:02}" for place in itertools.count(FIRST_MONTH))
    keys = itertools.islice(
        ((donor, month, kind, dated) for month in months for donor in codes for kind in KINDS for dated in ("true", "false")),
        number,
    )  # fmt: skip
    rows += [
        {
            "donor": donor, "month": month, "kind": kind, "dated": dated, "source_id": source_id,
            "allocated_eur": str(1_000_000 + 1000 * place % 7_000_000),
        }
        for place, (donor, month, kind, dated) in enumerate(keys)
    ]  # fmt: skip


def _resting(claim: dict[str, str]) -> dict[str, str]:
    """A fact's date and claim."""
    return {"date": claim["date"], "date_basis": "stated", "claim_ids": claim["claim_id"]}


def _day(place: int) -> str:
    return (FIRST_DAY + timedelta(days=place % 5800)).isoformat()


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, columns: Iterator[str], rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    grow(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
