"""Where every country stands with every system.

An intent is not a delivery: every pair of a system and a country stands at one stage, the firmest that
it has reached, or at the refusal that ended it. What an owner stationed abroad stays its owner's, so it
is told beside that and never instead of it.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd

from two_shields.contract.vocabulary import CAMPS, ON_THE_WAY, STAGE_GROUPS, STAGES
from two_shields.domain import procurement
from two_shields.exhibits.frame import with_evidence
from two_shields.exhibits.systems.words import camp_of
from two_shields.record.cache import cached
from two_shields.record.record import Record, united
from two_shields.record.table import tuples
from two_shields.state.views import SystemsView
from two_shields.text import dates, phrases

FIRM = frozenset({"ordered", "has"})


def shown_systems(record: Record, view: SystemsView) -> tuple[str, ...]:
    """The systems that the reader chose and the evidence knows; where none is chosen, those of the two camps."""
    if view.system:
        return tuple(system_id for system_id in view.system if system_id in record.system_names)
    return tuple(system_id for systems in procurement.camp_systems(record).values() for system_id in sorted(systems))


ROW_COLUMNS = [
    "mark", "heading", "system_id", "system", "camp", "made_in", "iso3", "country", "track", "stage", "group",
    "stage_words", "givers", "giver_words", "date_words", "amount_words", "history", "more", "claim_ids", "facts",
]  # fmt: skip


@cached(most=64)
def standings(record: Record, systems: tuple[str, ...], stages: tuple[str, ...] = ()) -> pd.DataFrame:
    """Where each country stands with each of the systems: a row per pair, and one more where it is stationed there.

    Columns: `ROW_COLUMNS` with what `with_evidence` adds, and `is_inferred`: whether the stage is. `givers` are codes; `history` tells every step
    in order of time; `more` says that something looser was told later: an order beside what is in service.
    With `stages`, only transfers at these stages count.
    """
    tracks: dict[tuple[str, str, str], list[_Step]] = {}
    for step in _steps(record, systems, stages):
        track = "stationed" if step.group == "stationed" else "own"
        tracks.setdefault((step.row.system_id, step.row.to_iso3, track), []).append(step)
    return _sorted(record, [_pair(record, *key, steps) for key, steps in sorted(tracks.items())])


@cached(most=64)
def supplies(record: Record, systems: tuple[str, ...], stages: tuple[str, ...] = ()) -> pd.DataFrame:
    """What Ukraine gets from whom: a row per system and supplier, with the columns of `standings`, whose track is the
    supplier's code; blank where no source names one."""
    lots: dict[tuple[str, str, str], list[_Step]] = {}
    for step in _steps(record, systems, stages, "UKR"):
        for giver in step.row.from_iso3 or ("",):
            lots.setdefault((step.row.system_id, "UKR", giver), []).append(step)
    pairs = [_pair(record, *key, steps) | _supplier(record, *key) for key, steps in sorted(lots.items())]
    named = {(pair["system_id"], pair["group"]) for pair in pairs if pair["track"]}
    # What comes from somebody who is not named may be what a named one gave.
    pairs = [pair for pair in pairs if pair["track"] or (pair["system_id"], pair["group"]) not in named]
    for pair in pairs:
        pair["heading"] += pair["stage_words"]
    return _sorted(record, pairs)


def _supplier(record: Record, system_id: str, iso3: str, giver: str) -> dict:
    names = record.country_names
    giver_words = names[giver] if giver else "supplier not named"
    return {
        "givers": (giver,) if giver else (),
        "giver_words": giver_words,
        "heading": f"{record.system_names[system_id]}, {giver_words} to {names[iso3]}: ",
    }


def _sorted(record: Record, pairs: list[dict]) -> pd.DataFrame:
    """The pairs by camp, the systems with the most first, the firmest first, then by name."""
    camps, groups, size = list(CAMPS), list(STAGE_GROUPS), Counter(pair["system_id"] for pair in pairs)

    def place(pair: dict) -> tuple:
        in_groups = -size[pair["system_id"]], pair["system"], groups.index(pair["group"]), pair["country"]
        return camps.index(pair["camp"]), *in_groups

    pairs = sorted(pairs, key=place)
    return with_evidence(record, pd.DataFrame(pairs, columns=ROW_COLUMNS)).assign(
        is_inferred=[pair["is_inferred"] for pair in pairs]
    )


class _Step:
    """One row of the transfers, with its group of stages, the first and the last day that it can mean, and its words.

    `is_inferred` says whether its stage is: a date that follows from the text makes no mark uncertain.
    """

    def __init__(self, record: Record, row) -> None:
        self.row = row
        self.group = STAGES[row.stage].group
        # Without a date, the day on which a source first told of it.
        published = [record.sources_of_claims[claim_id].published for claim_id in row.claim_ids]
        told_on = [row.date] if row.date else filter(None, published)
        self.known_on = min(map(dates.latest, told_on), default=date.min)
        self.begun = dates.earliest(row.date) if row.date else self.known_on
        self.amount = "" if pd.isna(row.quantity) else f"{row.quantity:g} {row.unit}".strip()
        self.dated = dates.based(row.date, row.date_basis)
        # `ordered, 1 April 2025: 250 missiles`
        self.words = ", ".join(filter(None, (STAGES[row.stage].label, self.dated)))
        self.words += f": {self.amount}" if self.amount else ""
        cells = record.cells("transfers", row.transfer_id)
        self.is_inferred = any(cell.inferred for cell in cells if cell.column == "stage")


@cached(most=1)
def _every_step(record: Record) -> tuple[_Step, ...]:
    """All transfers, as they became known."""
    steps = (_Step(record, row) for row in tuples(record["transfers"]))
    return tuple(sorted(steps, key=lambda step: step.known_on))


def _steps(record: Record, systems: tuple[str, ...], stages: tuple[str, ...], iso3: str = "") -> list[_Step]:
    """The transfers of these systems, at these stages or at any, to a country or to all, as they became known."""
    return [
        step
        for step in _every_step(record)
        if step.row.system_id in systems and (not stages or step.row.stage in stages) and iso3 in ("", step.row.to_iso3)
    ]


def _current(steps: list[_Step]) -> list[_Step]:
    """The steps that still hold: a refusal ends what was loose before it, and what comes later begins anew."""
    refusals = [step for step in steps if step.group == "refused"]
    if not refusals or any(step.group in FIRM for step in steps):
        return [step for step in steps if step.group != "refused"]
    if not all(step.row.date for step in refusals):
        return refusals
    ended = max(step.known_on for step in refusals)
    return [s for s in steps if s.group != "refused" and s.row.date and s.known_on > ended] or refusals


@cached(most=1)
def _systems(record: Record) -> Mapping[str, Any]:
    return MappingProxyType({row.system_id: row for row in tuples(record["systems"])})


def _pair(record: Record, system_id: str, iso3: str, track: str, steps: list[_Step]) -> dict:
    system = _systems(record)[system_id]
    names = record.country_names
    current = _current(steps)
    stage = min(
        (step.row.stage for step in current),
        key=lambda stage: ON_THE_WAY.index(stage) if stage in ON_THE_WAY else -1,
    )
    group = STAGES[stage].group
    shown = [step for step in current if step.row.stage == stage]
    alike = [step for step in current if step.group == group]
    givers = tuple(sorted({giver for step in alike for giver in step.row.from_iso3}, key=names.__getitem__))
    last = max(step.known_on for step in alike)
    country = names[iso3]
    return {
        "mark": f"{system_id}|{iso3}|{track}",
        "heading": f"{system.name}, {country}: {STAGES[stage].label}",
        "system_id": system_id,
        "system": system.name,
        "camp": camp_of(record, system_id),
        "made_in": phrases.join(sorted(names[code] for code in system.origin_iso3)),
        "iso3": iso3,
        "country": country,
        "track": track,
        "stage": stage,
        "group": group,
        "stage_words": STAGES[stage].label,
        "givers": givers,
        "giver_words": phrases.join([names[code] for code in givers]),
        "date_words": "; ".join(dict.fromkeys(step.dated for step in shown if step.dated)),
        "amount_words": "; ".join(dict.fromkeys(step.amount for step in shown if step.amount)),
        # By the first day that they can mean: a delivery in 2023 comes before service in June 2023.
        "history": "; ".join(dict.fromkeys(step.words for step in sorted(steps, key=lambda step: step.begun))),
        "more": any(step.known_on > last and step.row.date and step.group != group for step in current),
        "claim_ids": united(step.row.claim_ids for step in steps),
        "facts": tuple(f"transfers/{step.row.transfer_id}" for step in shown),
        "is_inferred": any(step.is_inferred for step in shown),
    }
