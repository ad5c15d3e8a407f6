"""The systems of the two camps: which stand with which camp, in which layers, and how far their range is disputed."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from two_shields.contract.vocabulary import SAID_LAYERS
from two_shields.domain import membership, procurement
from two_shields.record.cache import cached
from two_shields.record.cells import cells_of_facts
from two_shields.record.record import Record
from two_shields.text import phrases


@cached(most=1)
def of_camp(record: Record) -> Mapping[str, tuple[str, ...]]:
    """By camp, its systems and those that are named in its plan; one that both could claim is the first's."""
    links = record["initiative_systems"]
    named = links[links["relation"] == "named_in_plan"]
    mine = procurement.tied_systems(record)
    taken = frozenset[str]().union(*mine.values())
    return MappingProxyType(
        {
            camp: tuple(sorted(mine[camp] | (set(named.loc[named["initiative_id"].isin(ids), "system_id"]) - taken)))
            for camp, ids in membership.CAMPS.items()
        }
    )


def camp_of(record: Record, system_id: str) -> str:
    return next((camp for camp, systems in of_camp(record).items() if system_id in systems), "other")


def layers_or(layers: Iterable[str]) -> str:
    """`short or medium range`, `above the atmosphere`; blank for none."""
    words = [SAID_LAYERS[layer].label for layer in layers]
    short = [word.removesuffix(" range") for word in words[:-1]]
    return " or ".join([*short, *words[-1:]])


def span(layers: Iterable[str]) -> str:
    """`very short to long range` of layers that follow each other, else `short range and above the atmosphere`."""
    order = list(SAID_LAYERS)
    places = sorted(order.index(layer) for layer in set(layers))
    words = [SAID_LAYERS[order[place]].label for place in places]
    if len(places) > 1 and places[-1] - places[0] == len(places) - 1 and words[-1].endswith(" range"):
        return f"{words[0].removesuffix(' range')} to {words[-1]}"
    return phrases.join(words)


def is_disputed(record: Record, *cells: str) -> bool:
    """Whether sources disagree on one of the cells, each `table/row_id/column`."""
    return any(cell.disputed for cell in cells_of_facts(record, cells))


def range_km(system) -> str:
    """`2,400 km`; blank where the record has none."""
    return "" if pd.isna(system.max_range_km) else f"{system.max_range_km:,.0f} km"
