"""The data contract: every table, column, type, enumeration and reference of `data/`.

This module is the only definition. The checks (`checks`), the Frictionless descriptor and the
data dictionary (`datapackage`) and the loaded record (`record`) are all derived from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from two_shields.contract.vocabulary import (
    AID_KINDS,
    AID_MEASURES,
    CAMPS,
    CERTAINTIES,
    CONFLICT_REASONS,
    CORPORA,
    DATE_BASES,
    EVENT_WEIGHTS,
    GRADES,
    HEADLINE,
    INITIATIVE_KINDS,
    LAYERS,
    MEMBERSHIP_STATUSES,
    READINGS,
    REFERENCE_MEASURES,
    STAGES,
    SYSTEM_KINDS,
    SYSTEM_RELATIONS,
    TOPICS,
    Code,
)

ColumnType = Literal["string", "list", "date", "integer", "number", "boolean", "url"]

#: Ids are kebab-case and never change.
ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ISO3_PATTERN = r"[A-Z]{3}"
CELL_PATTERN = r"[a-z_]+(?:/[A-Za-z0-9-]+)+/[a-z0-9_]+"

#: Donors that are no country: the EU's institutions, and two sums that others publish, which are no donor among donors.
EU_INSTITUTIONS, EU_WITH_MEMBERS, ALL_EUROPE = "EUU", "EU27", "EUROPE"
#: Their names on every screen.
JOINT_DONORS: Mapping[str, str] = {
    EU_INSTITUTIONS: "EU institutions",
    EU_WITH_MEMBERS: "EU and its members",
    ALL_EUROPE: "All of Europe",
}
DONOR_PATTERN = rf"{ISO3_PATTERN}|{EU_WITH_MEMBERS}|{ALL_EUROPE}"
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

    @property
    def unique_id(self) -> bool:
        """Whether it names its row: an id of our own, which says nothing of the world."""
        return self.unique and self.pattern == ID_PATTERN


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
        return tuple(column for column in self.columns if not column.unique_id and column.name != "claim_ids")

    @property
    def borne_out(self) -> tuple[Column, ...]:
        """The cells of a fact that claims have to bear out, each for itself."""
        return tuple(column for column in self.cells if not column.ours and not column.with_)


_CLAIM_IDS = Column(
    "claim_ids", "The claims that this row rests on.", "list", required=True, refers_to="claims.claim_id"
)
_DATE_BASIS = Column(
    "date_basis", "Whether the date is printed or follows from the text.", enum=DATE_BASES, with_="date"
)


def _id(name: str, description: str) -> Column:
    return Column(name, description, required=True, unique=True, pattern=ID_PATTERN)


def _country(name: str, description: str, *, many: bool = False, required: bool = False) -> Column:
    return Column(
        name,
        description,
        "list" if many else "string",
        required=required,
        pattern=ISO3_PATTERN,
        refers_to="countries.iso3",
    )


TABLES: tuple[Table, ...] = (
    Table(
        "sources",
        "Sources",
        "One article, or one page of the public record.",
        ("source_id",),
        (
            _id("source_id", "The source's id."),
            Column("corpus", "Which part of the record it belongs to.", required=True, enum=CORPORA),
            Column("grade", "How far its site can be relied on.", required=True, enum=GRADES),
            Column("publisher", "Who published it, as far as it is known.", required=True),
            Column("title", "Its headline, or what stands in for it.", required=True),
            Column("author", "Who signed it."),
            Column("published", "When it was published, as far as it is known.", "date"),
            Column("url", "Where it can be read.", "url"),
            Column("language", "Its language, ISO 639-1.", required=True, pattern=r"[a-z]{2}"),
            Column("file", "The article's file name; blank for the public record."),
            Column("sha256", "The digest of that file.", pattern=r"[0-9a-f]{64}"),
            Column("note", "What to know about it: how its date was inferred, what is not known."),
        ),
    ),
    Table(
        "claims",
        "Claims",
        "One atomic statement that one source makes, in our own words.",
        ("claim_id",),
        (
            _id("claim_id", "The claim's id."),
            Column("source_id", "The source that makes it.", required=True, refers_to="sources.source_id"),
            Column(
                "paragraph",
                "The paragraph it stands in: an article file's non-empty lines, counted from 1.",
                "integer",
                minimum=1,
            ),
            Column("statement", "What the source says, and no more.", required=True),
            Column(
                "said_by",
                f"Who says it, where that is not the source itself; `{HEADLINE}` where it stands in a headline alone.",
            ),
            Column("certainty", "How certain the source is.", required=True, enum=CERTAINTIES),
            Column("date", "When what it says happened.", "date"),
            _DATE_BASIS,
            Column("note", "How a date or reading was inferred, or what to beware of."),
        ),
    ),
    Table(
        "conflicts",
        "Conflicts",
        "Two or more claims that cannot all be right, or that do not mean the same.",
        ("conflict_id",),
        (
            _id("conflict_id", "The conflict's id."),
            Column("topic", "What the sources disagree about.", required=True),
            _CLAIM_IDS,
            Column(
                "cells",
                "The cells that it is about, each as `table/row_id/column`; blank where no cell of a table is disputed.",
                "list",
                pattern=CELL_PATTERN,
            ),
            Column("reason", "Why they disagree.", required=True, enum=CONFLICT_REASONS),
            Column("explanation", "The disagreement in a sentence or two.", required=True),
            Column("shown", "Which one the charts use, and why.", required=True),
        ),
    ),
    Table(
        "cell_claims",
        "Claims of cells",
        "Which claims of a row bear out one cell of it; a cell without a row here rests on all its row's claims.",
        ("table", "row_id", "column"),
        (
            Column("table", "The table of facts.", required=True),
            Column("row_id", "The row's id.", required=True),
            Column(
                "column",
                "The column; of a list also `column/item`, where an item has claims of its own.",
                required=True,
            ),
            Column(
                "claim_ids",
                "Those of the row's claims that bear the cell out.",
                "list",
                required=True,
                refers_to="claims.claim_id",
            ),
        ),
    ),
    Table(
        "countries",
        "Countries",
        "Every country that the record names, and every country of the map.",
        ("iso3",),
        (
            Column("iso3", "ISO 3166-1 alpha-3.", required=True, unique=True, pattern=ISO3_PATTERN),
            Column("name", "Its short English name.", required=True, unique=True),
            Column(
                "in_europe",
                "Whether sums over Europe count it: the states of the map, the United Kingdom, Iceland and Türkiye among them.",
                "boolean",
                required=True,
            ),
            Column("nato_since", "The day it joined NATO; blank if it is no member.", "date"),
            Column("eu_since", "The day it joined the EU; blank if it is no member.", "date"),
            Column("lat", "Latitude of its label on the map.", "number", required=True, minimum=-90, maximum=90),
            Column("lon", "Longitude of its label.", "number", required=True, minimum=-180, maximum=180),
        ),
    ),
    Table(
        "initiatives",
        "Initiatives",
        "What states joined, signed, run or finance.",
        ("initiative_id",),
        (
            _id("initiative_id", "The initiative's id."),
            Column("name", "Its full name.", required=True, unique=True),
            Column("short_name", "Its name on charts.", required=True, unique=True, ours=True),
            Column("camp", "Which of the two camps it belongs to.", required=True, enum=CAMPS, ours=True),
            Column("kind", "What kind of undertaking it is.", required=True, enum=INITIATIVE_KINDS, ours=True),
            _country("lead_iso3", "The country that leads it; blank where none does, or several do."),
            Column("description", "What it is, in a sentence.", required=True),
            _CLAIM_IDS,
        ),
    ),
    Table(
        "country_reference",
        "Reference figures of countries",
        "What sums of aid are measured against: the size of an economy, a population, a share in the EU's aid.",
        ("iso3", "measure"),
        (
            _country("iso3", "The country.", required=True),
            Column("measure", "What is measured.", required=True, enum=REFERENCE_MEASURES),
            Column("value", "In the unit of the measure.", "number", required=True, minimum=0),
            Column("year", "The year that it is true of; blank where it is true of a whole period.", "integer"),
            Column("source_id", "Where it is published.", required=True, refers_to="sources.source_id"),
        ),
    ),
    Table(
        "memberships",
        "Memberships",
        "One row per change of a country's status in an initiative.",
        ("membership_id",),
        (
            _id("membership_id", "The membership's id."),
            Column("initiative_id", "The initiative.", required=True, refers_to="initiatives.initiative_id"),
            _country("iso3", "The country.", required=True),
            Column("status", "What it became.", required=True, enum=MEMBERSHIP_STATUSES),
            Column("date", "When, as far as it is known.", "date"),
            _DATE_BASIS,
            _CLAIM_IDS,
        ),
        core=("initiative_id", "iso3", "status"),
    ),
    Table(
        "member_counts",
        "Member counts",
        "How many members a source counts; the names may be unknown.",
        ("count_id",),
        (
            _id("count_id", "The count's id."),
            Column("initiative_id", "The initiative.", required=True, refers_to="initiatives.initiative_id"),
            Column("date", "The day of the count, as far as it is known.", "date"),
            Column("count", "How many states.", "integer", required=True, minimum=0),
            Column("reading", "The reading that counts the same way; blank where none does.", enum=READINGS, ours=True),
            Column("basis", "What the source counts, in a few words.", required=True),
            _CLAIM_IDS,
        ),
        core=("initiative_id", "count"),
    ),
    Table(
        "systems",
        "Systems",
        "Weapons and vehicles that the sources name.",
        ("system_id",),
        (
            _id("system_id", "The system's id."),
            Column("name", "Its name.", required=True, unique=True),
            Column("aliases", "Other names that sources use.", "list"),
            Column("kind", "What kind of system it is.", required=True, enum=SYSTEM_KINDS, ours=True),
            Column("layer", "Which layer of air defence it serves; blank for other weapons.", enum=LAYERS),
            Column("producer", "Who makes it, as far as a source says."),
            _country("origin_iso3", "The country or countries it comes from.", many=True),
            Column("max_range_km", "The longest range that the charts use, in km.", "number", minimum=0),
            Column("range_of", "What that range is a range of: ranges are comparable only where this agrees."),
            _CLAIM_IDS,
        ),
        core=("name",),
    ),
    Table(
        "initiative_systems",
        "Systems of initiatives",
        "Which systems go with which initiative, and how.",
        ("link_id",),
        (
            _id("link_id", "The link's id."),
            Column("initiative_id", "The initiative.", required=True, refers_to="initiatives.initiative_id"),
            Column("system_id", "The system.", required=True, refers_to="systems.system_id"),
            Column("relation", "How they go together.", required=True, enum=SYSTEM_RELATIONS),
            _CLAIM_IDS,
        ),
        core=("initiative_id", "system_id", "relation"),
    ),
    Table(
        "transfers",
        "Transfers",
        "A system on its way from one country to another, at one stage; an intent is not a delivery.",
        ("transfer_id",),
        (
            _id("transfer_id", "The transfer's id."),
            Column("system_id", "The system.", required=True, refers_to="systems.system_id"),
            _country("from_iso3", "Who gives or sells it; blank where the source does not say.", many=True),
            _country("to_iso3", "Who gets it, or has it.", required=True),
            Column("stage", "How far it has come.", required=True, enum=STAGES),
            Column("date", "When it reached this stage, as far as it is known.", "date"),
            _DATE_BASIS,
            Column("quantity", "How many; blank where the source does not say.", "number", minimum=0),
            Column("unit", "What is counted.", with_="quantity"),
            _CLAIM_IDS,
        ),
        core=("system_id", "to_iso3", "stage"),
    ),
    Table(
        "aid",
        "Published aid totals",
        "Totals as somebody published them, each for its own period and measure; never add them up.",
        ("aid_id",),
        (
            _id("aid_id", "The total's id."),
            Column(
                "donor",
                "ISO3 code, or EUU for the EU's institutions; EU27 and EUROPE for sums of several donors: "
                "the EU with its members, and all of Europe.",
                required=True,
                pattern=DONOR_PATTERN,
            ),
            _country("recipient", "Who is aided.", required=True),
            Column("kind", "Which kind of aid.", required=True, enum=AID_KINDS),
            Column("measure", "What is counted.", required=True, enum=AID_MEASURES),
            Column("amount_eur", "Plain euros.", "number", required=True, minimum=0),
            Column("period_start", "First day of the period that it covers.", "date"),
            Column("period_end", "Last day of the period that it covers.", "date"),
            Column("as_of", "The day it was counted or said.", "date"),
            Column("part_of", "The row that already contains this one.", refers_to="aid.aid_id"),
            _CLAIM_IDS,
        ),
        core=("donor", "recipient", "kind", "measure", "amount_eur"),
    ),
    Table(
        "aid_monthly",
        "Monthly aid",
        "Bilateral allocations by donor, month and kind; one published series.",
        ("donor", "month", "kind", "dated"),
        (
            Column("donor", "ISO3 code, or EUU for the EU's institutions.", required=True, pattern=ISO3_PATTERN),
            Column(
                "month",
                "The month of announcement; of undated money the month that the release books it in, or blank.",
                "date",
                pattern=r"\d{4}-\d{2}",
            ),
            Column("kind", "Which kind of aid.", required=True, enum=AID_KINDS),
            Column("allocated_eur", "Plain euros; corrections downwards are negative.", "number", required=True),
            Column(
                "dated",
                "false where the money has no month of its own: it belongs to the whole, and to no month.",
                "boolean",
                required=True,
            ),
            Column("source_id", "The series' source.", required=True, refers_to="sources.source_id"),
        ),
    ),
    Table(
        "corrections",
        "Corrections",
        "What was wrong in an earlier version of the record, and what it is now.",
        ("correction_id",),
        (
            _id("correction_id", "The correction's id."),
            Column("date", "The day of the correction.", "date", required=True),
            Column("table", "The table.", required=True),
            Column(
                "row_id",
                "The row: its key; of several columns, their values with `/` between; then `/` and the column where one cell changed.",
                required=True,
            ),
            Column("was", "What stood there.", required=True),
            Column("now", f"What stands there now; `{DELETED}` where the row is gone.", required=True),
            Column("reason", "Why.", required=True),
        ),
    ),
    Table(
        "left_out",
        "Left out",
        "What was found and not used, and why.",
        ("left_out_id",),
        (
            _id("left_out_id", "The entry's id."),
            Column("subject", "What it is about.", required=True),
            Column("publisher", "Who published it, as far as it is known.", required=True),
            Column("url", "Where it can be read.", "url"),
            Column("grade", "How far its site can be relied on.", required=True, enum=GRADES),
            Column("reason", "Why it is not in the record.", required=True),
        ),
    ),
    Table(
        "events",
        "Events",
        "What happened when.",
        ("event_id",),
        (
            _id("event_id", "The event's id."),
            Column("date", "When, as far as it is known.", "date"),
            _DATE_BASIS,
            Column("title", "What happened, in a few words.", required=True),
            Column("topic", "What it is about.", required=True, enum=TOPICS, ours=True),
            Column(
                "weight",
                " ".join(("How much turns on it, judged by hand.", *(f"{w}: {s}." for w, s in EVENT_WEIGHTS.items()))),
                "integer",
                required=True,
                minimum=min(EVENT_WEIGHTS),
                maximum=max(EVENT_WEIGHTS),
                ours=True,
            ),
            _country("iso3", "The countries that it concerns.", many=True),
            Column("initiative_ids", "The initiatives.", "list", refers_to="initiatives.initiative_id"),
            Column("system_ids", "The systems.", "list", refers_to="systems.system_id"),
            _CLAIM_IDS,
        ),
        core=("title",),
    ),
)

TABLE_BY_NAME: Mapping[str, Table] = {table.name: table for table in TABLES}

#: Ids that others build on: they stay, whatever else changes.
PROMISED_IDS: Mapping[str, tuple[str, ...]] = {
    "initiatives": (
        "essi",
        "eads",
        "mistral-joint-purchase",
        "samp-t-programme",
        "fcas",
        "france-ukraine-pact",
        "brave1-france-ukraine",
        "eurosam-turkiye-accord",
        "steel-dome",
        "eu-ukraine-loan",
        "coalition-of-the-willing",
    ),
    "systems": (
        "samp-t",
        "mistral",
        "aster",
        "patriot",
        "meads",
        "iron-dome",
        "crotale",
        "s-400",
        "scalp",
        "aasm-hammer",
        "caesar",
        "caesar-6x6-ng",
        "mirage-2000",
        "mirage-2000-5",
        "rafale",
        "f-35",
        "vab",
        "us-loitering-munition",
    ),
}
