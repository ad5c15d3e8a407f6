"""What the exhibits of systems say alike: their columns, titles, notes and what is read on hover."""

from collections.abc import Iterable, Mapping

import pandas as pd

from two_shields.contract.vocabulary import CAMPS, SAID_LAYERS, STAGE_GROUPS, STAGES
from two_shields.domain import membership, procurement
from two_shields.exhibits.frame import notes_on
from two_shields.record.cells import cells_of_facts
from two_shields.record.record import Record
from two_shields.state.views import SystemsView
from two_shields.text import phrases


def camp_of(record: Record, system_id: str) -> str:
    return next((camp for camp, systems in procurement.of_camp(record).items() if system_id in systems), "other")


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


def hover(row) -> str:
    givers = f"<br>from {row.giver_words}" if row.giver_words else ""
    return f"<b>{row.heading}</b>{givers}<br>{row.history.replace('; ', '<br>')}"


def stages_or(stages: Iterable[str]) -> str:
    """`in service, delivered or ordered`, of the stages that there are, the firmest first."""
    present = set(stages)
    words = [words for stage, words in STAGES.labels.items() if stage in present]
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def scope(record: Record, view: SystemsView, systems: Iterable[str]) -> str:
    """`Mistral and Patriot, counting only “delivered”: `: the filters in force before a finding; blank for none."""
    names = phrases.join([record.system_names[system_id] for system_id in systems], most=4) if view.system else ""
    stages = f"counting only “{stages_or(view.stage)}”" if view.stage else ""
    words = ", ".join(filter(None, (names, stages)))
    return f"{phrases.capital(words)}: " if words else ""


def counts(rows: pd.DataFrame, most: int = 5) -> str:
    """The firmest groups of stages, as many as that: `in service in four countries; only offered or wanted in three; stationed by its owner in six`."""
    found: dict[str, tuple[set[str], set[str]]] = {group: (set(), set()) for group in STAGE_GROUPS}
    for group, iso3, stage in zip(rows["group"], rows["iso3"], rows["stage"], strict=True):
        found[group][0].add(iso3)
        found[group][1].add(stage)
    parts = []
    for group, (countries, stages) in found.items():
        if not countries:
            continue
        number = phrases.number(len(countries))
        where = "" if parts else " country" if number == "one" else " countries"
        stages = "stationed by its owner" if group == "stationed" else stages_or(stages)
        parts.append(f"{'only ' if group == 'unsigned' and parts else ''}{stages} in {number}{where}")
    return "; ".join(parts[:most])


def nothing(record: Record, view: SystemsView, systems: tuple[str, ...]) -> str:
    """The title where there is nothing to draw, with every filter in force."""
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
    """What the picture cannot draw: systems without a transfer, names in a plan, and the conflicts."""
    notes, shown = [], set(rows["system_id"])
    without = [record.system_names[system_id] for system_id in systems if system_id not in shown]
    if without and len(rows):
        notes.append(f"No transfer is reported of {phrases.join(without)}.")
    if not view.system:
        notes += only_named(record, {camp: set(systems) for camp in membership.CAMPS})
    return (*notes, *notes_on(record, rows))


def held_by_ukraine(rows: pd.DataFrame) -> tuple[str, ...]:
    """What Ukraine has and who is named as its giver: nobody is where no source names one."""
    columns = zip(*(rows[name] for name in ("iso3", "group", "system", "giver_words")), strict=True)
    held = [(system, givers) for iso3, group, system, givers in columns if (iso3, group) == ("UKR", "has")]
    named = [f"{system} from {givers}" for system, givers in held if givers]
    unnamed = [system for system, givers in held if not givers]
    given = f"Ukraine was supplied with {phrases.join(named)}." if named else ""
    return tuple(
        filter(None, (given, f"From whom Ukraine has {phrases.join(unnamed)} is not said." if unnamed else ""))
    )


def only_named(record: Record, shown: Mapping[str, set[str]]) -> list[str]:
    """By camp, the systems of its plan that are not shown, as nobody has or ordered them: a name in a plan is no order."""
    notes = []
    for camp in membership.CAMPS:
        named = procurement.named_in_plan(record, camp) - shown.get(camp, set())
        if names := sorted(record.system_names[system_id] for system_id in named):
            notes.append(
                f"{CAMPS[camp].label}: {phrases.join(names)} "
                f"{'is' if len(names) == 1 else 'are'} named in its plan; no purchase is reported."
            )
    return notes


def unnamed(record: Record, view: SystemsView) -> tuple[str, ...]:
    """A note of the systems chosen that the view's evidence does not name."""
    named = record.only(view.evidence).system_names
    missing = [record.system_names[system_id] for system_id in view.system if system_id not in named]
    return (f"Not named in this evidence: {phrases.join(missing)}.",) if missing else ()
