"""Who buys, told apart from who joins: the camps' systems on their way to countries.

A country may buy a camp's system without joining, and join without buying.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from two_shields import dates, membership
from two_shields.record import Record, where

#: Stages of a buyer, from the firmest to the loosest; what is given to Ukraine or stationed abroad is no purchase.
BUYING_STAGES = ("operates", "acquired", "delivered", "contracted", "selected", "intended", "wanted")
#: From this stage on something is bought: a signature, or the thing itself.
BOUGHT = frozenset({"operates", "acquired", "delivered", "contracted"})
#: The links of a system to an initiative that make it one of its camp's.
_OF_CAMP = frozenset({"based_on", "joint_purchase", "bought_by_members", "developed_in"})


def camp_systems(record: Record) -> Mapping[str, frozenset[str]]:
    """The systems of each camp, as the record ties them to its initiatives; the other's are never counted twice."""
    links = record["initiative_systems"]
    links = links[links["relation"].isin(_OF_CAMP)]
    return {
        camp: frozenset(links.loc[links["initiative_id"].isin(initiatives), "system_id"])
        for camp, initiatives in membership.CAMPS.items()
    }


def purchases(record: Record, as_of: date | None = None) -> pd.DataFrame:
    """Each country's firmest stage for each system of a camp: camp, iso3, system_id, stage, date, claim_ids.

    Ukraine is left out: what it has was given, which is aid and not procurement.
    """
    rows = record["transfers"]
    rows = rows[rows["stage"].isin(BUYING_STAGES) & (rows["to_iso3"] != "UKR")]
    if as_of is not None:
        rows = rows[where(not day or dates.latest(day) <= as_of for day in rows["date"])]
    found = []
    for camp, systems in camp_systems(record).items():
        mine = rows[rows["system_id"].isin(systems)].assign(
            camp=camp, rank=lambda all_: all_["stage"].map(BUYING_STAGES.index)
        )
        found.append(mine.sort_values("rank", kind="stable").drop_duplicates(["to_iso3", "system_id"]))
    table = pd.concat(found).rename(columns={"to_iso3": "iso3"})
    return table[["camp", "iso3", "system_id", "stage", "date", "claim_ids"]].reset_index(drop=True)
