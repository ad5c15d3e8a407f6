"""The data contract: every table, column, type, enumeration and reference of `data/`.

`tables.csv`, `columns.csv` and `vocabulary.toml` beside this module are the only definition. The checks (`validation`), the Frictionless
descriptor and the data dictionary (`tools/datapackage.py`) and the loaded record (`record`) are all derived from it.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

from two_shields.contract import vocabulary
from two_shields.contract.table import DELETED, PATTERNS, Column, Table

_WEIGHTS = " ".join(f"{weight}: {meaning}." for weight, meaning in vocabulary.EVENT_WEIGHTS.items())


def _rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _column(row: Mapping[str, str]) -> Column:
    """A row of `columns.csv`: `rules` are of `required`, `unique` and `ours`; `pattern` may be a name of `PATTERNS`."""
    words = row["description"].format(HEADLINE=vocabulary.HEADLINE, DELETED=DELETED, WEIGHTS=_WEIGHTS)
    return Column(
        row["column"],
        words,
        row["type"],
        enum=getattr(vocabulary, row["enum"]) if row["enum"] else {},
        pattern=PATTERNS.get(row["pattern"], row["pattern"]),
        refers_to=row["refers_to"],
        minimum=float(row["minimum"]) if row["minimum"] else None,
        maximum=float(row["maximum"]) if row["maximum"] else None,
        with_=row["with"],
        **dict.fromkeys(row["rules"].split(), True),
    )


_COLUMNS = [(row["table"], _column(row)) for row in _rows("columns.csv")]

#: All tables, in the order in which a version's digest takes them.
TABLES: tuple[Table, ...] = tuple(
    Table(
        row["table"], row["title"], row["description"], tuple(row["key"].split()),
        tuple(column for table, column in _COLUMNS if table == row["table"]), tuple(row["core"].split()),
    )
    for row in _rows("tables.csv")
)  # fmt: skip

TABLE_BY_NAME: Mapping[str, Table] = {table.name: table for table in TABLES}

#: Ids that others build on: they stay, whatever else changes.
PROMISED_IDS: Mapping[str, tuple[str, ...]] = {
    "initiatives": (
        "essi", "eads", "mistral-joint-purchase", "samp-t-programme", "fcas", "france-ukraine-pact", "brave1-france-ukraine",
        "eurosam-turkiye-accord", "steel-dome", "eu-ukraine-loan", "coalition-of-the-willing",
    ),
    "systems": (
        "samp-t", "mistral", "aster", "patriot", "meads", "iron-dome", "crotale", "s-400", "scalp", "aasm-hammer", "caesar",
        "caesar-6x6-ng", "mirage-2000", "mirage-2000-5", "rafale", "f-35", "vab", "us-loitering-munition",
    ),
}  # fmt: skip
