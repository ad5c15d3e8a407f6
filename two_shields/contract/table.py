"""What a table and a column of the contract are, and what several tables share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from two_shields.contract.vocabulary import Code

ColumnType = Literal["string", "list", "date", "integer", "number", "boolean", "url"]

#: Ids are kebab-case and never change.
ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ISO3_PATTERN = r"[A-Z]{3}"

#: Donors that are no country: the EU's institutions, and two sums that others publish, which are no donor among donors.
EU_INSTITUTIONS, EU_WITH_MEMBERS, ALL_EUROPE = "EUU", "EU27", "EUROPE"
#: Their names on every screen.
JOINT_DONORS: Mapping[str, str] = {
    EU_INSTITUTIONS: "EU institutions",
    EU_WITH_MEMBERS: "EU and its members",
    ALL_EUROPE: "All of Europe",
}
#: What a cell, or an item of its list, has to look like, by the names that the schema has for it.
PATTERNS: Mapping[str, str] = {
    "id": ID_PATTERN,
    "iso3": ISO3_PATTERN,
    "donor": rf"{ISO3_PATTERN}|{EU_WITH_MEMBERS}|{ALL_EUROPE}",
    "cell": r"[a-z_]+(?:/[A-Za-z0-9-]+)+/[a-z0-9_]+",
}
#: What a cell says where sources disagree and none is followed.
DISPUTED = "disputed"
#: What a correction says in `now` of a row that is gone.
DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `enum` has each allowed value with its meaning and words; `refers_to` is `"table.column"`;
    for a `list` column, `enum`, `pattern` and `refers_to` apply to each item. `ours` marks a name, class or weight that
    the record gives and no source has to bear out; `with_` names the column of the same row that it only qualifies.
    """

    name: str
    description: str
    type: ColumnType = "string"
    required: bool = False
    unique: bool = False
    enum: Mapping[str, Code] = field(default_factory=dict)
    pattern: str = ""
    refers_to: str = ""
    minimum: float | None = None
    maximum: float | None = None
    ours: bool = False
    with_: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the record.

    `key` names the columns that identify a row; `core` those cells of a fact without which it says nothing.
    """

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    core: tuple[str, ...] = ()

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def rests_on_claims(self) -> bool:
        """Whether its rows are facts, each of which names the claims that it rests on."""
        return "claim_ids" in self.column_names and self.name not in ("conflicts", "cell_claims")

    @property
    def cells(self) -> tuple[Column, ...]:
        """The columns that say something: neither the row's own id nor the claims under it."""
        own = [column.name for column in self.columns if column.unique and column.pattern == ID_PATTERN]
        return tuple(column for column in self.columns if column.name not in (*own, "claim_ids"))

    @property
    def borne_out(self) -> tuple[Column, ...]:
        """The cells of a fact that claims have to bear out, each for itself."""
        return tuple(column for column in self.cells if not column.ours and not column.with_)
