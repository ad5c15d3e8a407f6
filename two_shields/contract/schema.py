"""The data contract: every table, column, type, enumeration and reference of `data/`.

This module is the only definition. The checks (`checks`), the Frictionless descriptor and the
data dictionary (`datapackage`) and the loaded record (`record`) are all derived from it.
"""

from collections.abc import Mapping

from two_shields.contract import evidence_tables as evidence
from two_shields.contract import fact_tables as facts
from two_shields.contract.table import Table

#: All tables, in the order in which a version's digest takes them.
TABLES: tuple[Table, ...] = (
    evidence.SOURCES,
    evidence.CLAIMS,
    evidence.CONFLICTS,
    evidence.CELL_CLAIMS,
    facts.COUNTRIES,
    facts.INITIATIVES,
    facts.COUNTRY_REFERENCE,
    facts.MEMBERSHIPS,
    facts.MEMBER_COUNTS,
    facts.SYSTEMS,
    facts.INITIATIVE_SYSTEMS,
    facts.TRANSFERS,
    facts.AID,
    facts.AID_MONTHLY,
    evidence.CORRECTIONS,
    evidence.LEFT_OUT,
    facts.EVENTS,
)

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
