"""Everything that the record has about one system, for its card under the reference."""

from dataclasses import dataclass

import pandas as pd

from two_shields.contract.vocabulary import STAGE_GROUPS, SYSTEM_RELATIONS
from two_shields.exhibits.systems import reference
from two_shields.exhibits.systems.standings import standings
from two_shields.exhibits.systems.words import stages_or
from two_shields.record.record import Record, united
from two_shields.state.views import SystemsView
from two_shields.text import phrases


@dataclass(frozen=True)
class Card:
    """Everything that the record has about one system.

    `facts` are pairs of a name and its words; `origins` are country codes with names; `initiatives` are ids
    with names and how they go together; `standings` has a row per country, as `standings` makes them;
    `claim_ids` bear out the system itself, `link_claim_ids` how it goes with initiatives.
    """

    system_id: str
    name: str
    facts: tuple[tuple[str, str], ...]
    origins: tuple[tuple[str, str], ...]
    initiatives: tuple[tuple[str, str, str], ...]
    standings: pd.DataFrame
    claim_ids: tuple[str, ...]
    link_claim_ids: tuple[str, ...]

    def by_stage(self) -> list[tuple[str, pd.DataFrame]]:
        """The countries by stage, the firmest first, each group with its heading."""
        groups = [(group, self.standings[self.standings["group"] == group]) for group in STAGE_GROUPS]
        return [(phrases.capital(stages_or(rows["stage"])), rows) for _, rows in groups if len(rows)]


def cards(record: Record, view: SystemsView) -> tuple[Card, ...]:
    """A card per chosen system that the evidence names."""
    narrowed = record.only(view.evidence)
    rows = reference.frame(narrowed, view).rows.set_index("system_id")
    return tuple(_card(narrowed, view, rows.loc[system_id]) for system_id in view.system if system_id in rows.index)


def _card(record: Record, view: SystemsView, system: pd.Series) -> Card:
    links = record["initiative_systems"]
    links = links[links["system_id"] == system.name]
    initiatives: dict[str, list[str]] = {}
    for link in links.itertuples():
        initiatives.setdefault(link.initiative_id, []).append(SYSTEM_RELATIONS[link.relation].label)
    facts = (
        ("Also called", ", ".join(system["aliases"])),
        ("Kind", system["kind_words"]),
        ("Maker", system["producer"]),
        ("Layer", system["layer_words"]),
        ("Range", system["range_words"]),
    )
    return Card(
        system.name,
        system["system"],
        tuple((name, words) for name, words in facts if words),
        tuple((iso3, record.country_names[iso3]) for iso3 in system["origin_iso3"]),
        tuple((i, record.initiative_names[i], "; ".join(words)) for i, words in initiatives.items()),
        standings(record, (system.name,), view.stage),
        system["claim_ids"],
        united(links["claim_ids"]),
    )
