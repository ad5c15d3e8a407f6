"""The frames of the page Systems: who makes what for whom, as flows and as a matrix; the reference table and cards.

All but the reference table are made of the standings in `system_standings`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from two_shields.contract.schema import DISPUTED
from two_shields.contract.vocabulary import CAMPS, LAYERS, STAGE_GROUPS, STAGES, SYSTEM_KINDS, SYSTEM_RELATIONS
from two_shields.domain import membership
from two_shields.exhibits.frame import Frame, conflicts_about, facts_of, fit, notes_on, source_line, with_evidence
from two_shields.exhibits.systems.standings import (
    FIRM,
    by_group,
    firm_title,
    firmness,
    shown_systems,
    stages_or,
    standings,
    stationed,
)
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.state.views import SystemsView
from two_shields.text import phrases


@cached(most=128)
def frame(record: Record, view: SystemsView) -> Frame:
    """The frame of the view's kind, from the record as the evidence switch shows it."""
    narrowed = record.only(view.evidence)
    made = FRAMES[view.view](narrowed, view)
    unnamed = [record.system_names[system_id] for system_id in view.system if system_id not in narrowed.system_names]
    if not unnamed or made.rows.empty:
        return made
    return replace(made, notes=(f"Not named in this evidence: {phrases.join(unnamed)}.", *made.notes))


def _nothing(record: Record, view: SystemsView, systems: tuple[str, ...]) -> str:
    names = phrases.join([record.system_names[system_id] for system_id in systems], most=3)
    if not names:
        return "The evidence chosen does not name this choice of systems"
    stages = f" at the stage “{stages_or(view.stage)}”" if view.stage else ""
    return f"The evidence chosen tells of no transfer of {names}{stages}"


def _caption(view: SystemsView) -> str:
    if not view.stage:
        return ""
    return " Only the stages chosen are shown: a country may have come further since, or have drawn back."


def _notes(record: Record, view: SystemsView, systems: tuple[str, ...], rows: pd.DataFrame) -> tuple[str, ...]:
    """What the picture cannot draw: systems without a transfer, aid that is no purchase, and the conflicts."""
    notes = []
    without = [record.system_names[system_id] for system_id in systems if system_id not in set(rows["system_id"])]
    if without and len(rows):
        notes.append(f"No transfer in this evidence: {phrases.join(without)}.")
    if not view.system:
        notes += _only_named(record, systems)
    given = rows[(rows["iso3"] == "UKR") & (rows["group"] == "has")]
    if len(given):
        notes.append(
            f"What Ukraine has was given to it ({phrases.join(list(given['system']))}): that is aid, not a purchase."
        )
    return (*notes, *notes_on(record, rows))


def _only_named(record: Record, systems: tuple[str, ...]) -> list[str]:
    """The systems of a camp's plan that nobody buys through it: a name in a plan is no order."""
    links = record["initiative_systems"]
    notes = []
    for camp, initiatives in membership.CAMPS.items():
        named = links[links["initiative_id"].isin(initiatives) & (links["relation"] == "named_in_plan")]
        names = sorted({record.system_names[system_id] for system_id in named["system_id"]} - {
            record.system_names[system_id] for system_id in systems
        })  # fmt: skip
        if names:
            notes.append(
                f"{CAMPS[camp].label}: {phrases.join(names)} "
                f"{'is' if len(names) == 1 else 'are'} named in its plan; no purchase for it is in this evidence."
            )
    return notes


COLUMNS = {
    "system": "System",
    "made_in": "Comes from",
    "country": "Country",
    "stage_words": "Stands at",
    "date_words": "Date",
    "amount_words": "How many",
    "giver_words": "Given or sold by",
    "history": "All steps",
}


def flows_frame(record: Record, view: SystemsView) -> Frame:
    """Who makes what for whom: every pair of a system and a country, at the stage that it has reached."""
    systems = shown_systems(record, view)
    rows = standings(record, systems, view.stage)
    own = rows[rows["track"] == "own"]
    if rows.empty:
        title = _nothing(record, view, systems)
    elif rows["system_id"].nunique() == 1:
        countries = phrases.count(own["iso3"].nunique(), "country", "countries")
        parts = "; ".join(filter(None, (", ".join(by_group(rows)), stationed(rows))))
        title = (
            f"{rows['system'].iloc[0]} and {countries}: {parts}" if len(own) else f"{rows['system'].iloc[0]}: {parts}"
        )
    else:
        title = firm_title(own) if len(own) else _capital(stationed(rows))
    camps = [
        f"{CAMPS[camp].label}: {firmness(pairs)}"
        for camp, pairs in rows.groupby("camp", sort=False)
        if rows["camp"].nunique() > 1
    ]
    return Frame(
        "systems-flows",
        title,
        fit(f"Systems on their way to countries. {title}.", *(f"{part}." for part in camps)),
        rows,
        COLUMNS,
        source_line(record, rows["claim_ids"]),
        "From the makers' country to the system, and on to each country as far as it has come; on broken lines nothing "
        "is signed. “+”: something looser was told later, such as a further order."
        + "".join(f" {part}." for part in camps)
        + _caption(view),
        _notes(record, view, systems, rows),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def matrix_frame(record: Record, view: SystemsView) -> Frame:
    """Countries by systems: the same pairs, a cell each."""
    systems = shown_systems(record, view)
    rows = standings(record, systems, view.stage)
    title = _matrix_title(rows) if len(rows) else _nothing(record, view, systems)
    own = rows[rows["track"] == "own"]
    return Frame(
        "systems-matrix",
        title,
        fit(
            f"Matrix of {phrases.count(rows['iso3'].nunique(), 'country', 'countries')} by "
            f"{phrases.count(rows['system_id'].nunique(), 'system')}. {title}.",
            f"Of {len(own)} pairs, {firmness(rows)}.",
        ),
        rows,
        COLUMNS,
        source_line(record, rows["claim_ids"]),
        f"{_letters(rows['stage'])}. An empty cell: the record tells of nothing." + _caption(view),
        _notes(record, view, systems, rows),
    )


def _matrix_title(rows: pd.DataFrame) -> str:
    """Who has or ordered systems of both camps; where only one camp is shown, who has or ordered the most."""
    firm = rows[rows["group"].isin(FIRM)]
    camps = firm[firm["camp"] != "other"].groupby("country")["camp"].nunique()
    both = sorted(camps[camps == 2].index)
    if both:
        verb = "has or ordered" if len(both) == 1 else "have or ordered"
        return f"{phrases.join(both, most=6)} {verb} systems of both camps"
    if {"german_led", "french_led"} <= set(rows["camp"]):
        return "No country is known to have or to have ordered systems of both camps"
    shown = rows["system_id"].nunique()
    if shown == 1 or firm.empty:
        return f"{phrases.join(list(rows['system'].unique()), most=3)}: {', '.join(by_group(rows)) or stationed(rows)}"
    counts = firm.groupby("country")["system_id"].nunique()
    most = sorted(counts[counts == counts.max()].index)
    verb = "has or ordered" if len(most) == 1 else "each have or ordered"
    return f"{phrases.join(most, most=4)} {verb} {counts.max()} of {shown} systems, the most"


def _letters(stages: pd.Series) -> str:
    """What the letters of the matrix mean, for those that it has."""
    present = [stage for code, stage in STAGES.items() if code in set(stages)]
    return ", ".join(f"{stage.letter} {stage.label}" for stage in present)


# The reference.

#: Kinds of systems that are made against what flies; the record's `missile` is fired from the ground.
AIR_DEFENCE = frozenset(code for code, kind in SYSTEM_KINDS.items() if kind.air_defence)

REFERENCE_COLUMNS = {
    "system": "System",
    "layer_words": "Layer",
    "range_words": "Range, and of what",
    "initiative_words": "Goes with",
    "producer": "Maker",
    "made_in": "Comes from",
    "kind_words": "Kind",
    "dispute_words": "Sources disagree on",
}


def reference_frame(record: Record, view: SystemsView) -> Frame:
    """The systems themselves: all, or those that the reader chose."""
    rows = record["systems"]
    if view.system:
        rows = rows[rows["system_id"].isin(view.system)]
    names, initiatives = record.country_names, record.initiative_names
    links = record["initiative_systems"]
    linked = {system_id: list(dict.fromkeys(pairs["initiative_id"])) for system_id, pairs in links.groupby("system_id")}
    rows = rows.assign(
        mark=rows["system_id"],
        heading=rows["name"],
        system=rows["name"],
        kind_words=rows["kind"].map(SYSTEM_KINDS.labels),
        made_in=[phrases.join([names[code] for code in codes]) for codes in rows["origin_iso3"]],
        layer_words=rows["layer"].map({"": "", **LAYERS.labels}),
        range_words=[_range_words(system) for system in rows.itertuples()],
        initiative_words=[
            ", ".join(initiatives[i] for i in linked.get(system_id, ())) for system_id in rows["system_id"]
        ],
        facts=facts_of("systems", rows["system_id"]),
    )
    rows["dispute_words"] = [
        "; ".join(conflicts_about(record, rows[rows["mark"] == mark])["topic"]) for mark in rows["mark"]
    ]
    rows = with_evidence(record, rows).assign(disputed=rows["dispute_words"].ne("").to_numpy())
    rows = rows.sort_values("system", key=lambda names: names.str.casefold()).reset_index(drop=True)
    title = _reference_title(rows, view)
    return Frame(
        "systems-reference",
        title,
        fit(f"Table of systems. {title}."),
        rows,
        REFERENCE_COLUMNS,
        source_line(record, rows["claim_ids"]),
        "Ranges are comparable only where they are ranges of the same thing. A blank cell: the evidence does not say.",
    )


def _reference_title(rows: pd.DataFrame, view: SystemsView) -> str:
    if rows.empty:
        return "The evidence chosen does not name this choice of systems"
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


def _range_words(system) -> str:
    """`8 km: Mistral 3 against a target of a kind that is not said, at most`"""
    if pd.isna(system.max_range_km):
        return ""
    return f"{system.max_range_km:,.0f} km: {system.range_of}" if system.range_of else f"{system.max_range_km:,.0f} km"


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
        return [(_capital(stages_or(rows["stage"])), rows) for _, rows in groups if len(rows)]


def cards(record: Record, view: SystemsView) -> tuple[Card, ...]:
    """A card per chosen system that the evidence names."""
    narrowed = record.only(view.evidence)
    rows = reference_frame(narrowed, view).rows.set_index("system_id")
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
        tuple(dict.fromkeys(claim_id for ids in links["claim_ids"] for claim_id in ids)),
    )


FRAMES: Mapping[str, Callable[[Record, SystemsView], Frame]] = {
    "flows": flows_frame,
    "matrix": matrix_frame,
    "reference": reference_frame,
}
