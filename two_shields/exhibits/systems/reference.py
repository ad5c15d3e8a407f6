"""The reference: a table of the systems themselves, and under it a card with everything about one."""

from collections import namedtuple
from dataclasses import dataclass

import pandas as pd

from two_shields.contract.table import DISPUTED
from two_shields.contract.vocabulary import SAID_LAYERS, STAGE_GROUPS, SYSTEM_KINDS, SYSTEM_RELATIONS
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, conflicts_about, facts_of, with_evidence
from two_shields.exhibits.systems.standings import standings
from two_shields.exhibits.systems.words import layers_or, range_km, stages_or, unnamed
from two_shields.record.cache import cached
from two_shields.record.record import Record, united
from two_shields.record.table import tuples
from two_shields.state.views import SystemsView
from two_shields.text import phrases

#: Kinds of systems that are made against what flies; the record's `missile` is fired from the ground.
AIR_DEFENCE = frozenset(code for code, kind in SYSTEM_KINDS.items() if kind.air_defence)

#: The groups of systems that have no layer.
NO_LAYER, OTHERS = "Air defence, no layer given", "Other weapons and vehicles"
COLUMNS = {
    "system": "System",
    "layer_words": "Layer",
    "range_words": "Range, and of what",
    "initiative_words": "Goes with",
    "producer": "Maker",
    "made_in": "Comes from",
    "kind_words": "Kind",
    "dispute_words": "Sources disagree on",
}


def frame(record: Record, view: SystemsView) -> Frame:
    rows = _every_system(record)
    if view.system:
        rows = rows[rows["system_id"].isin(view.system)].reset_index(drop=True)
    caption = "Ranges can be compared only where they are ranges of the same thing. A blank cell: no source says."
    return Frame.of(record, "systems-reference", _title(rows), "Table of systems", rows, COLUMNS, caption=caption)


@cached(most=1)
def _every_system(record: Record) -> pd.DataFrame:
    """All of them in their order: a choice makes no system's words anew."""
    rows, told = record["systems"], tuples(record["systems"])
    names, initiatives = record.country_names, record.initiative_names
    links = record["initiative_systems"]
    linked = {system_id: list(dict.fromkeys(pairs["initiative_id"])) for system_id, pairs in links.groupby("system_id")}
    rows = rows.assign(
        mark=rows["system_id"],
        heading=rows["name"],
        system=rows["name"],
        kind_words=rows["kind"].map(SYSTEM_KINDS.labels),
        made_in=[phrases.join([names[code] for code in codes]) for codes in rows["origin_iso3"]],
        layer_words=[_layer_words(system) for system in told],
        group_words=[_group(system) for system in told],
        range_words=[_range_words(system) for system in told],
        initiative_words=[
            ", ".join(initiatives[i] for i in linked.get(system_id, ())) for system_id in rows["system_id"]
        ],
        facts=facts_of("systems", rows["system_id"]),
    )
    rows["dispute_words"] = [
        "; ".join(
            topic.removeprefix(f"{name}: ") for topic in conflicts_about(record, rows[rows["mark"] == mark])["topic"]
        )
        for mark, name in zip(rows["mark"], rows["system"], strict=True)
    ]
    rows = with_evidence(record, rows).assign(disputed=rows["dispute_words"].ne("").to_numpy())
    order = list(SAID_LAYERS)
    rows["place"] = [
        (kind not in AIR_DEFENCE, not layers, [-order.index(layer) for layer in layers[::-1]], name.casefold())
        for kind, layers, name in zip(rows["kind"], rows["layers"], rows["system"], strict=True)
    ]
    return rows.sort_values("place", ignore_index=True).drop(columns="place")


def _title(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "The sources chosen do not name these systems"
    if len(rows) == 1:
        system = rows.iloc[0]
        parts = [system["layer_words"] or system["kind_words"], system["range_words"]]
        return f"{system['system']}: {', '.join(filter(None, parts))}"
    air_defence = int(rows["kind"].isin(AIR_DEFENCE).sum())
    disputed = int(rows["layer"].eq(DISPUTED).sum())
    return (
        f"{len(rows)} systems, {air_defence or 'none'} of them for air defence; "
        f"sources disagree on the layer of {disputed or 'none'}"
    )


def _layer_words(system) -> str:
    """`medium or long range, sources disagree`"""
    words = layers_or(system.layers)
    return f"{words}, sources disagree" if system.layer == DISPUTED else words


def _group(system) -> str:
    if system.layers:
        return phrases.capital(layers_or(system.layers))
    return NO_LAYER if system.kind in AIR_DEFENCE else OTHERS


def _range_words(system) -> str:
    """`8 km: Mistral 3 against a target of a kind that is not said, at most`"""
    words = range_km(system)
    return f"{words}: {system.range_of}" if words and system.range_of else words


EXHIBIT = Exhibit("systems-reference", SystemsView, view="reference", frame=frame, left_out=unnamed)


#: What a card says of a country.
_Stands = namedtuple("_Stands", "group stage iso3 country giver_words history disputed")


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

    def by_stage(self) -> list[tuple[str, list[_Stands]]]:
        """The countries by stage, the firmest first, each group with its heading."""
        rows = tuples(self.standings, _Stands)
        groups = [[row for row in rows if row.group == group] for group in STAGE_GROUPS]
        return [(phrases.capital(stages_or(row.stage for row in group)), group) for group in groups if group]


def cards(record: Record, view: SystemsView) -> tuple[Card, ...]:
    narrowed = record.only(view.evidence)
    rows = frame(narrowed, view).rows.set_index("system_id")
    return tuple(_card(narrowed, view, rows.loc[system_id]) for system_id in view.system if system_id in rows.index)


def _card(record: Record, view: SystemsView, system: pd.Series) -> Card:
    links = record["initiative_systems"]
    links = links[links["system_id"] == system.name]
    initiatives: dict[str, list[str]] = {}
    for link in tuples(links):
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
