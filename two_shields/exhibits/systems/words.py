"""What the flows and the matrix of systems both say: their columns, notes and captions."""

from __future__ import annotations

import pandas as pd

from two_shields.contract.vocabulary import CAMPS
from two_shields.domain import membership
from two_shields.exhibits.frame import notes_on
from two_shields.exhibits.systems.standings import (
    stages_or,
)
from two_shields.record.record import Record
from two_shields.state.views import SystemsView
from two_shields.text import phrases

COLUMNS = {
    "system": "System",
    "made_in": "Comes from",
    "country": "Country",
    "stage_words": "Stage",
    "date_words": "Date",
    "amount_words": "How many",
    "giver_words": "Given or sold by",
    "history": "All steps",
}


def nothing(record: Record, view: SystemsView, systems: tuple[str, ...]) -> str:
    names = phrases.join([record.system_names[system_id] for system_id in systems], most=3)
    if not names:
        return "The sources chosen do not name these systems"
    stages = f" at the stage “{stages_or(view.stage)}”" if view.stage else ""
    return f"The sources chosen report no transfer of {names}{stages}"


def caption(view: SystemsView) -> str:
    if not view.stage:
        return ""
    return " Only the stages chosen are shown: a country may have gone further since, or withdrawn."


def notes(record: Record, view: SystemsView, systems: tuple[str, ...], rows: pd.DataFrame) -> tuple[str, ...]:
    """What the picture cannot draw: systems without a transfer, aid that is no purchase, and the conflicts."""
    notes = []
    without = [record.system_names[system_id] for system_id in systems if system_id not in set(rows["system_id"])]
    if without and len(rows):
        notes.append(f"No transfer is reported of {phrases.join(without)}.")
    if not view.system:
        notes += _only_named(record, systems)
    return (*notes, *_held_by_ukraine(rows), *notes_on(record, rows))


def _held_by_ukraine(rows: pd.DataFrame) -> list[str]:
    """What Ukraine has and who is named as its giver: nobody is where no source names one."""
    held = rows[(rows["iso3"] == "UKR") & (rows["group"] == "has")]
    named = [f"{row.system} from {row.giver_words}" for row in held[held["giver_words"] != ""].itertuples()]
    unnamed = list(held.loc[held["giver_words"] == "", "system"])
    told = [f"Ukraine was supplied with {phrases.join(named)}."] if named else []
    return [*told, *([f"From whom Ukraine has {phrases.join(unnamed)} is not said."] if unnamed else [])]


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
                f"{'is' if len(names) == 1 else 'are'} named in its plan; no purchase is reported."
            )
    return notes


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def unnamed(record: Record, view: SystemsView) -> tuple[str, ...]:
    """A note of the systems chosen that the view's evidence does not name."""
    named = record.only(view.evidence).system_names
    missing = [record.system_names[system_id] for system_id in view.system if system_id not in named]
    return (f"Not named in this evidence: {phrases.join(missing)}.",) if missing else ()
