"""A country's air defence by layer: each system that it has, ordered, chose or hosts, at its firmest stage."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import letters
from two_shields.charts.palette import FILLS, WORDS
from two_shields.charts.style import DISPUTED, FROM_HERE, Drawing, Name
from two_shields.contract.vocabulary import SAID_LAYERS, STAGES, SYSTEM_KINDS
from two_shields.domain import procurement
from two_shields.exhibits.country.summary import describe
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, with_evidence
from two_shields.exhibits.systems.words import is_disputed, layers_or
from two_shields.record.cells import rows_by_id
from two_shields.record.record import Record, united
from two_shields.record.table import tuples
from two_shields.state.views import CountryView
from two_shields.text import dates, phrases

WIDE, NARROW = 440.0, 358.0
BOX, LETTERS, LINE, GAP = 96.0, 13.0, 16.0, 12.0
#: As many systems are drawn: those of the firmest stages first; the table has all.
MOST = 5
GROUPS = ("has", "ordered", "unsigned", "stationed")
#: Stages that say nothing of what a country has: somebody offered it, or talked about it.
_TALK = frozenset({"offered", "proposed"})


def frame(record: Record, view: CountryView) -> Frame | None:
    """A row per air-defence system, the lowest layer first; None without any. What was refused is in the table of systems."""
    systems, steps = rows_by_id(record, "systems"), {}
    for row in procurement.transfers_of(record).get(view.country, ()):
        is_its = row.to_iso3 == view.country and STAGES[row.stage].group in GROUPS
        if is_its and SYSTEM_KINDS[systems[row.system_id]["kind"]].air_defence:
            steps.setdefault(row.system_id, []).append(row)
    firm = [i for i, rows in sorted(steps.items()) if any(row.stage not in _TALK for row in rows)]
    if not firm:
        return None
    rows = [_system(record, view.country, systems[i], steps[i]) for i in firm]
    rows.sort(key=lambda row: (row["order"], row["range"], row["system"]))
    found = with_evidence(record, pd.DataFrame(rows))
    name = record.country_names[view.country]
    names: dict[str, list[str]] = {}
    for row, is_inferred in zip(rows, found["inferred_core"], strict=True):
        names.setdefault(row["group"], []).append(row["system"] + (" (inferred)" if is_inferred else ""))
    parts = [
        f"{verb} {phrases.join(names[group])}"
        for group, verb in (("has", "has"), ("ordered", "ordered"), ("stationed", "hosts"))
        if group in names
    ]
    wishes = phrases.join([f"{row['system']} {row['stage']}" for row in rows])
    title = (
        f"{phrases.the(name)} {phrases.join(parts)}"
        if parts
        else f"{phrases.the(name)}: {wishes}, nothing ordered in the record"
    )
    return Frame.of(
        record, "country-layers", title, f"{phrases.count(len(found), 'air-defence system')} by layer", found,
        {"layer_words": "Layer", "system": "System", "stage_words": "Stage", "more": "Also"},
        f"Layers: {phrases.join(list(found['layer_words'].unique()))}.",
        caption="A box has the look of the camp that the system goes with. An intent is no order, an order no delivery."
        + (f" Drawn are {MOST} of {len(found)} systems; the table has all." if len(found) > MOST else ""),
    )  # fmt: skip


def _system(record: Record, iso3: str, system: Mapping[str, Any], steps: list) -> dict:
    """What the steps say of one system: the firmest, the earliest of its kind, then the others."""
    stages = list(STAGES)
    ordered = sorted(steps, key=lambda row: (stages.index(row.stage), row.date or "9999"))
    first, *others = ordered
    system_id = first.system_id
    camp = next((camp for camp, ids in procurement.camp_systems(record).items() if system_id in ids), "")
    places = [list(SAID_LAYERS).index(layer) for layer in system["layers"]]
    longest, disputed = system["max_range_km"], is_disputed(record, f"systems/{system_id}/layer")
    return {
        "iso3": iso3,
        "system_id": system_id,
        "system": system["name"],
        "camp": camp,
        "layer_words": layers_or(system["layers"]) or "layer not given",
        "order": places[0] + places[-1] if places else 2 * len(SAID_LAYERS),
        "range": float(longest) if pd.notna(longest) and longest != "" else 9999.0,
        "group": STAGES[first.stage].group,
        "stage": STAGES[first.stage].label,
        "stage_words": _words(record, iso3, first),
        "more": "; ".join(_words(record, iso3, row) for row in others),
        "also": _also(first, others),
        "about": f"{DISPUTED} sources disagree on the layer" if disputed else "",
        "mark": f"layer|{iso3}|{system_id}",
        "heading": f"{record.country_names[iso3]}: {system['name']}, {_words(record, iso3, first)}",
        "claim_ids": united(row.claim_ids for row in ordered),
        "facts": tuple(f"transfers/{row.transfer_id}" for row in ordered if row.stage == first.stage),
    }


def _words(record: Record, iso3: str, row) -> str:
    """`ordered, 11 September 2023`; of what stays another's, whose it is."""
    owners = [record.country_names[code] for code in row.from_iso3 if code != iso3]
    by_owner = f" by {phrases.join(owners)}" if row.stage == "deployed" and owners else ""
    inferred = ", inferred" if row.date and row.date_basis == "inferred" else ""
    return STAGES[row.stage].label + by_owner + (f" ({dates.words(row.date)}{inferred})" if row.date else "")


def _also(first, others: list) -> str:
    """`also ordered, intended`: the other stages, each once; the table has their dates."""
    labels = dict.fromkeys(STAGES[row.stage].label for row in others if row.stage != first.stage)
    again = [f"{STAGES[first.stage].label} more than once"] if any(row.stage == first.stage for row in others) else []
    return f"also {', '.join([*again, *labels])}" if labels or again else ""


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """A list with a box before each system: its layer, in the look of its camp; beside it how far it has come."""
    drawing, width = Drawing(theme, height=60), NARROW if narrow else WIDE
    room, y, points = width - BOX - 16, 0.0, []
    for row in _drawn(tuples(frame.rows, _Row)):
        head = letters.wrap(f"{row.system} {row.stage_words}", room * 0.96, LETTERS)
        small = [line for text in (row.also, row.about) for line in letters.wrap(text, room, 12)]
        box = letters.wrap(row.layer_words, BOX - 14, 11.5)
        tall = max(LINE * (len(head) + len(small)), 15 * len(box) + 12)
        look = FILLS[theme].get(row.camp) or FILLS[theme]["neither"]
        outline = {"color": look.outline, "width": 1.2}
        drawing.add_shape(type="rect", x0=1, x1=BOX, y0=y, y1=y - tall, fillcolor=look.ground, line=outline)
        in_box = {"xanchor": "center", "yanchor": "middle", "align": "center", "borderpad": 0}
        drawing.write(BOX / 2, y - tall / 2, "<br>".join(box), size=11.5, **in_box)
        words = "<br>".join(head)
        words = f"<b>{row.system}</b>{words[len(row.system) :]}" if words.startswith(row.system) else words
        drawing.write(BOX + 12, y, words, size=LETTERS, **FROM_HERE)
        if small:
            drawing.write(BOX + 12, y - LINE * len(head) - 2, "<br>".join(small), WORDS[theme]["grey"], **FROM_HERE)
        choice = Name(row.system, row.mark, f"<b>{row.heading}</b>")
        points += [(BOX / 2, y - tall / 2, choice), (BOX + 40, y - 10, choice), (BOX + 120, y - 10, choice)]
        y -= tall + GAP
    drawing.add_choices(points)
    drawing.in_pixels(width, y, 2)
    drawing.update_layout(height=round(-y))
    return drawing.figure()


class _Row(NamedTuple):
    system: str
    stage_words: str
    also: str
    about: str
    layer_words: str
    camp: str
    group: str
    mark: str
    heading: str


def _drawn(rows: list[_Row]) -> list[_Row]:
    """The rows of the firmest stages, those of the camps first, in the order of all rows."""
    first = sorted(rows, key=lambda row: (not row.camp, GROUPS.index(row.group)))[:MOST]
    return [row for row in rows if row in first]


EXHIBIT = Exhibit(
    "country-layers", CountryView, frame=frame, panels=(figure,), resizes=True, order=3, describe=describe
)
