"""The record: every table under `data/`, loaded, checked and immutable."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Self

import numpy as np
import pandas as pd

from two_shields.contract.fault import Fault
from two_shields.contract.schema import TABLES
from two_shields.contract.snapshot import DATA, Snapshot
from two_shields.contract.table import JOINT_DONORS, Table
from two_shields.contract.validation import check, read_and_checked
from two_shields.record import cells, versions
from two_shields.record.cache import Cache
from two_shields.record.cells import Cell
from two_shields.record.evidence_filter import filtered
from two_shields.record.table import tuples
from two_shields.text import dates, phrases

__all__ = ["DATA", "EVIDENCE", "BrokenRecord", "Record", "united", "version", "where"]

#: The two settings of the evidence switch, and the corpora that each lets through.
EVIDENCE = {"all": ("article", "record"), "articles": ("article",)}


class BrokenRecord(Exception):
    """The tables do not keep their contract; `faults` says where, and what is expected."""

    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Source(NamedTuple):
    """What marks need to know of a claim's source."""

    source_id: str
    corpus: str
    grade: str
    publisher: str
    published: str


@dataclass(frozen=True, eq=False)
class Record:
    """The tables by name, as data frames with one row per CSV row.

    Blank text is `""`, lists are tuples, numbers are floats (integers `Int64`) with missing values
    as such. `record["claims"]` hands out a copy on write: nobody can change the record.
    """

    tables: Mapping[str, pd.DataFrame]
    version: str
    #: The files that the tables were read from, byte for byte, by name; those who take the data away get them.
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    #: What a version of before did not have yet, as `table` or `table.column`; views that need it say so.
    lacks: frozenset[str] = frozenset()
    #: The setting of the evidence switch that it shows already; it must not refer to itself, or it would live for ever.
    _shows: str = "all"
    _narrowed: dict[str, Self] = field(default_factory=dict, repr=False, compare=False)
    #: What was made of this record, for as long as it is in use.
    cache: Cache = field(default_factory=Cache, repr=False, compare=False)

    @classmethod
    def load(cls, folder: Path = DATA) -> Self:
        """Read and check the tables of a folder; raises `BrokenRecord` with all faults at once."""
        return cls.of(Snapshot.take(folder))

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Check and take the tables of a snapshot; raises `BrokenRecord` as `load` does."""
        faults = check(snapshot)
        if faults:
            raise BrokenRecord(faults)
        tables = {
            table.name: _typed(read_and_checked(table.name, snapshot.contents[f"{table.name}.csv"])[0], table)
            for table in TABLES
        }
        return cls(MappingProxyType(tables), snapshot.version, snapshot.contents)

    @classmethod
    def of_version(cls, name: str, folder: Path = versions.VERSIONS) -> Self:
        """A published version, by its full name; raises `versions.UnknownVersion`. Few are kept at a time."""
        return _of_version(name, folder)

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table].copy(deep=False)

    def only(self, evidence: str) -> Self:
        """The record as one setting of the evidence switch shows it.

        A fact row stays if one of its claims stays, and is then no more precise than those claims. A version that
        `lacks` the claims of cells cannot tell what one corpus bears out, and shows all that it has.
        """
        if evidence in ("all", self._shows) or (evidence in EVIDENCE and "cell_claims" in self.lacks):
            return self
        if evidence not in self._narrowed:
            tables = MappingProxyType(filtered(self.tables, EVIDENCE[evidence]))
            self._narrowed[evidence] = Record(tables, self.version, self.files, _shows=evidence)
        return self._narrowed[evidence]

    @property
    def claims(self) -> pd.DataFrame:
        return self._claims.copy(deep=False)

    @cached_property
    def _claims(self) -> pd.DataFrame:
        sources = self["sources"].set_index("source_id").add_prefix("source_")
        sources["source_title"] = sources["source_title"].map(phrases.title)
        return self["claims"].join(sources, on="source_id").set_index("claim_id", drop=False)

    def _by_id(self, table: str, key: str, value: str) -> Mapping[str, str]:
        rows = self.tables[table]
        return MappingProxyType(dict(zip(rows[key], rows[value], strict=True)))

    @cached_property
    def country_names(self) -> Mapping[str, str]:
        """Names by ISO3 code, with the donors that are no country."""
        return MappingProxyType(self._by_id("countries", "iso3", "name") | JOINT_DONORS)

    @cached_property
    def donors(self) -> frozenset[str]:
        return frozenset(self.tables["aid"]["donor"].unique()) | frozenset(self.tables["aid_monthly"]["donor"].unique())

    @cached_property
    def initiative_names(self) -> Mapping[str, str]:
        return self._by_id("initiatives", "initiative_id", "short_name")

    @cached_property
    def camps(self) -> Mapping[str, str]:
        """Camps by initiative id: that of the Sky Shield, that of the French-led track, or another."""
        return self._by_id("initiatives", "initiative_id", "camp")

    @cached_property
    def system_names(self) -> Mapping[str, str]:
        return self._by_id("systems", "system_id", "name")

    @cached_property
    def source_names(self) -> Mapping[str, str]:
        """`Publisher: title` by source id."""
        sources = self["sources"]
        names = sources["publisher"] + ": " + sources["title"].map(phrases.title)
        return MappingProxyType(dict(zip(sources["source_id"], names, strict=True)))

    @cached_property
    def sources_of_claims(self) -> Mapping[str, Source]:
        sources = {row.source_id: Source(*row) for row in tuples(self.tables["sources"][list(Source._fields)])}
        claims = self.tables["claims"]
        return MappingProxyType(
            dict(zip(claims["claim_id"].tolist(), map(sources.get, claims["source_id"].tolist()), strict=True))
        )

    @cached_property
    def _disagreements(self) -> pd.DataFrame:
        rows = self.tables["conflicts"]
        sets = [frozenset(claim_ids) for claim_ids in rows["claim_ids"]]
        return rows[[not any(claims < others for others in sets) for claims in sets]]

    @property
    def disagreements(self) -> pd.DataFrame:
        """A copy of the conflicts without those all of whose claims are in a wider one, which articles alone need."""
        return self._disagreements.copy()

    @cached_property
    def _conflicts_by_claim(self) -> Mapping[str, frozenset[str]]:
        ids: dict[str, set[str]] = {}
        for row in tuples(self._disagreements):
            for claim_id in row.claim_ids:
                ids.setdefault(claim_id, set()).add(row.conflict_id)
        return {claim_id: frozenset(conflict_ids) for claim_id, conflict_ids in ids.items()}

    def conflict_ids_of(self, claim_ids: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self._conflicts_by_claim.get(claim_id, ()) for claim_id in claim_ids))

    def conflicts_of(self, claim_ids: Iterable[str]) -> pd.DataFrame:
        rows = self.disagreements
        return rows[rows["conflict_id"].isin(self.conflict_ids_of(claim_ids))]

    def cells(self, table: str, row_id: str) -> tuple[Cell, ...]:
        """The filled cells of a fact, each with the claims that bear it out; raises `KeyError` for no row."""
        return cells.cells(self, table, row_id)

    def is_inferred(self, facts: Iterable[str]) -> bool:
        """Whether a cell without which one of the facts (`table/row_id`) would say nothing is inferred."""
        return any(cell.inferred for cell in cells.cells_of_facts(self, facts) if cell.is_core)

    def corpora_of(self, claim_ids: Iterable[str]) -> frozenset[str]:
        sources = self.sources_of_claims
        return frozenset(sources[claim_id].corpus for claim_id in claim_ids)

    @cached_property
    def last_day(self) -> date | None:
        """The last day that the record speaks for: that of its newest source; one dated to a year alone begins that year."""
        days = [dates.earliest(day) for day in self.tables["sources"]["published"] if day]
        return max(days, default=None)

    @cached_property
    def data_version(self) -> str:
        """The version with its day, for all that readers see: `2026-11-20-1a2b3c4d`."""
        return versions.named(self.version)


def united(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """The items of all lists, each once, in their order: the claims of several rows, say."""
    return tuple(dict.fromkeys(chain.from_iterable(lists)))


def where(mask: Iterable[bool]) -> np.ndarray:
    """A mask of rows: an empty list would be taken for a choice of columns."""
    return np.fromiter(mask, dtype=bool)


def version(folder: Path) -> str:
    """A short digest of all tables of a folder: the same bytes, the same version."""
    return Snapshot.take(folder).version


@lru_cache(maxsize=versions.MOST_KEPT)
def _of_version(name: str, folder: Path) -> Record:
    files = versions.files_of(name, folder)
    texts = versions.text_tables(files)
    tables = {table.name: _typed(texts[table.name], table) for table in TABLES}
    return Record(MappingProxyType(tables), name.rpartition("-")[2], files, versions.lacking(texts))


def _typed(text: pd.DataFrame, table: Table) -> pd.DataFrame:
    typed = {}
    for column in table.columns:
        values = text[column.name]
        match column.type:
            case "list":
                typed[column.name] = values.map(lambda cell: tuple(cell.split(";")) if cell else ())
            case "integer":
                typed[column.name] = pd.to_numeric(values.replace("", None)).astype("Int64")
            case "number":
                typed[column.name] = pd.to_numeric(values.replace("", None)).astype("float64")
            case "boolean":
                typed[column.name] = values == "true"
            case _:
                typed[column.name] = values
    return pd.DataFrame(typed).reset_index(drop=True)
