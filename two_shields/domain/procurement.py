"""Who buys, told apart from who joins: the camps' systems on their way to countries.

A country may buy a camp's system without joining, and join without buying.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

import pandas as pd

from two_shields.contract.vocabulary import STAGES, SYSTEM_RELATIONS
from two_shields.domain import membership
from two_shields.record.cache import cached
from two_shields.record.record import Record, where
from two_shields.record.table import grouped, tuples
from two_shields.text import dates

#: Stages of a buyer, from the firmest to the loosest; what is given to Ukraine or stationed abroad is no purchase.
BUYING_STAGES = tuple(code for code, stage in STAGES.items() if stage.buys)
#: From this stage on something is bought: a signature, or the thing itself.
BOUGHT = frozenset(code for code in BUYING_STAGES if STAGES[code].group in ("has", "ordered"))
#: The links of a system to an initiative that make it one of its camp's.
_OF_CAMP = frozenset(code for code, relation in SYSTEM_RELATIONS.items() if relation.of_camp)


@cached(most=1)
def tied_systems(record: Record) -> Mapping[str, frozenset[str]]:
    """The systems that each camp's states develop, buy or base their initiative on."""
    return MappingProxyType({camp: _linked(record, camp, _OF_CAMP) for camp in membership.CAMPS})


@cached(most=2)
def named_in_plan(record: Record, camp: str) -> frozenset[str]:
    return _linked(record, camp, ("named_in_plan",))


@cached(most=1)
def of_camp(record: Record) -> Mapping[str, frozenset[str]]:
    """By camp, its systems and those that are named in its plan; one that is tied to the other camp is not counted twice."""
    tied = tied_systems(record)
    taken = frozenset[str]().union(*tied.values())
    return MappingProxyType({camp: own | (named_in_plan(record, camp) - taken) for camp, own in tied.items()})


@cached(most=1)
def camp_systems(record: Record) -> Mapping[str, frozenset[str]]:
    """The systems of each camp, on every page: those tied to it, and those that its plan names and somebody has or ordered."""
    tied, transfers = tied_systems(record), record["transfers"]
    firm = [code for code, stage in STAGES.items() if stage.group in ("has", "ordered")]
    held = set(transfers.loc[transfers["stage"].isin(firm), "system_id"])
    return MappingProxyType({camp: tied[camp] | (own & held) for camp, own in of_camp(record).items()})


def _linked(record: Record, camp: str, relations: Iterable[str]) -> frozenset[str]:
    links = record["initiative_systems"]
    mine = links["initiative_id"].isin(membership.CAMPS[camp]) & links["relation"].isin(list(relations))
    return frozenset(links.loc[mine, "system_id"])


@cached(most=1)
def transfers_of(record: Record) -> Mapping[str, tuple]:
    """The transfers from or to each country, in the table's order."""
    rows = tuples(record["transfers"])
    return grouped((iso3, row) for row in rows for iso3 in dict.fromkeys((row.to_iso3, *row.from_iso3)))


COLUMNS = ["camp", "iso3", "system_id", "stage", "date", "claim_ids"]


@cached(most=64)
def purchases(record: Record, as_of: date | None = None) -> pd.DataFrame:
    """Each country's firmest stage for each system of a camp: camp, iso3, system_id, stage, date, claim_ids.

    Ukraine is left out: what it has was given, which is aid and not procurement.
    """
    rows = record["transfers"]
    rows = rows[rows["stage"].isin(BUYING_STAGES) & (rows["to_iso3"] != "UKR")]
    found = []
    for camp, systems in camp_systems(record).items():
        firmest: dict[tuple[str, str], tuple] = {}
        mine = [row for row in tuples(rows[rows["system_id"].isin(systems)]) if _by(row.date, as_of)]
        for row in sorted(mine, key=lambda row: BUYING_STAGES.index(row.stage)):
            firmest.setdefault((row.to_iso3, row.system_id), row)
        found += [(camp, row.to_iso3, row.system_id, row.stage, row.date, row.claim_ids) for row in firmest.values()]
    return pd.DataFrame(found, columns=COLUMNS)


def _by(day: str, as_of: date | None) -> bool:
    """Whether it had surely happened by then; what has no date is never left out."""
    return as_of is None or not day or dates.latest(day) <= as_of


@cached(most=64)
def gifts(record: Record, as_of: date | None = None) -> pd.DataFrame:
    """The camps' systems that Ukraine has been given: the columns of transfers, with iso3 for the receiver."""
    systems = frozenset[str]().union(*camp_systems(record).values())
    rows = record["transfers"].rename(columns={"to_iso3": "iso3"})
    given = rows["stage"].isin(["delivered", "operates"]) & (rows["iso3"] == "UKR")
    rows = rows[given & rows["system_id"].isin(systems)]
    return rows[where(_by(day, as_of) for day in rows["date"])]
