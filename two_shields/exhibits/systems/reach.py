"""The layers of air defence that each camp's systems cover, and who has these systems."""

from collections import namedtuple
from collections.abc import Sequence
from operator import attrgetter, itemgetter

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts.layers import Box, Holders, Side, draw_layers
from two_shields.charts.sheet import CARD, NARROW, WIDE, Sheet
from two_shields.charts.style import DISPUTED, Name, in_box
from two_shields.contract.vocabulary import CAMPS, SAID_LAYERS
from two_shields.domain import membership, procurement
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, conflict_sentences, conflicts_about, with_evidence
from two_shields.exhibits.systems.standings import FIRM, standings
from two_shields.exhibits.systems.words import (
    held_by_ukraine,
    hover,
    is_disputed,
    layers_or,
    only_named,
    range_km,
    span,
)
from two_shields.record.record import Record, united
from two_shields.record.table import grouped, tuples
from two_shields.state.views import SystemsView
from two_shields.text import phrases

COLUMNS = {
    "camp_words": "Goes with",
    "system": "System",
    "layer_words": "Layer",
    "range_words": "Range",
    "range_of": "Range of what",
    "country": "Country",
    "stage_words": "Stage",
    "date_words": "Date",
}
_Link = namedtuple("_Link", "initiative_id system_id relation")
#: What is drawn of a row.
_Mark = namedtuple(
    "_Mark", "camp part system_id system layers range_words range_of range_disputed range_dispute relations country group "
    "mark heading history giver_words",
)  # fmt: skip
#: Under a box: who has it, who ordered it, and in one line each how many stand elsewhere.
_LISTED = {"has": ("have it", "has it", "filled"), "ordered": ("ordered it", "ordered it", "hollow")}
_COUNTED = {"unsigned": "not signed", "stationed": "stationed there", "refused": "said no or refused"}
#: In short, how the boxes' systems go with their camp.
_RELATIONS = {
    "joint_purchase": "bought together",
    "developed_in": "developed together",
    "bought_by_members": "bought by members",
    "named_in_plan": "named in the plan",
}


def frame(record: Record, view: SystemsView) -> Frame:
    """A row per system, per country that has or ordered it, and per system for all who stand elsewhere with it."""
    found: list[dict] = []
    bought = {}
    for camp, system_ids in procurement.of_camp(record).items():
        pairs = standings(record, tuple(sorted(system_ids))).to_dict("records")
        bought[camp] = {pair["system_id"] for pair in pairs if pair["group"] in FIRM}
        systems = [system for system in tuples(record["systems"]) if system.system_id in bought[camp]]
        for system in sorted(systems, key=lambda system: (_place(system.layers), system.name)):
            found += _system(record, camp, system, [pair for pair in pairs if pair["system_id"] == system.system_id])
    rows = with_evidence(record, pd.DataFrame(found, columns=_ROW_COLUMNS))
    systems = rows[rows["part"] == "system"]
    ranges = [
        f"{CAMPS[camp].label}: {', '.join(f'{box.system} {box.range_words}'.rstrip() for box in tuples(boxes))}."
        for camp, boxes in systems.groupby("camp", sort=False)
    ]
    layers = [fact for facts in systems["facts"] for fact in facts if fact.split("/")[-1] in ("layer", "max_range_km")]
    disputes = conflicts_about(record, pd.DataFrame({"facts": [(fact,) for fact in layers]}))
    return Frame.of(
        record, "systems-reach", _title(systems), "Systems by layer of air defence and camp", rows, COLUMNS, *ranges,
        key="A box over two layers: sources put the system in either."
        + (f" {DISPUTED}: sources disagree on the range." if systems["range_disputed"].any() else ""),
        wide_key="Filled bar: has it; hollow bar: ordered.",
        caption="Ranges are numbers and not an axis: each says what it is a range of.",
        notes=(*held_by_ukraine(rows), *only_named(record, bought), *conflict_sentences(disputes)),
    )  # fmt: skip


_ROW_COLUMNS = [
    "mark", "heading", "part", "camp", "camp_words", "system_id", "system", "layers", "layer_words", "range_words",
    "range_of", "range_disputed", "range_dispute", "relations", "iso3", "country", "group", "stage_words", "date_words", "history", "giver_words",
    "claim_ids", "facts",
]  # fmt: skip
_BLANK = dict.fromkeys(_ROW_COLUMNS, "")


def _place(layers: tuple[str, ...]) -> tuple[int, int]:
    """From the lowest layer to the highest; what has none comes last."""
    order = list(SAID_LAYERS)
    return (order.index(layers[0]), order.index(layers[-1])) if layers else (len(order), 0)


def _system(record: Record, camp: str, system, pairs: list[dict]) -> list[dict]:
    """The rows of one system: itself, its holders, and a row for each other group."""
    cells = {name: f"systems/{system.system_id}/{name}" for name in ("layer", "layers", "max_range_km", "range_of")}
    of_range = cells["max_range_km"], cells["range_of"]
    disputed = is_disputed(record, *of_range)
    shared = {
        "camp": camp,
        "camp_words": CAMPS[camp].label,
        "system_id": system.system_id,
        "system": system.name,
        "layers": system.layers,
        "layer_words": layers_or(system.layers),
        "range_words": range_km(system),
        "range_of": system.range_of,
        "range_disputed": disputed,
        "range_dispute": _disagreement(record, *of_range) if disputed else "",
    }
    links = tuples(record["initiative_systems"], _Link)
    mine = {
        link.relation
        for link in links
        if link.system_id == system.system_id and link.initiative_id in membership.CAMPS[camp]
    }
    shared["relations"] = tuple(relation for relation in _RELATIONS if relation in mine)
    groups = grouped((pair["group"], pair) for pair in sorted(pairs, key=itemgetter("country")))
    known = [cell for cell in cells.values() if cell.split("/")[-1] in _filled(system)]
    parts = [shared["layer_words"] or "no layer given", _range(shared)]
    rows = [
        {
            **_BLANK, **shared, "mark": system.system_id, "heading": f"{system.name}: {', '.join(filter(None, parts))}",
            "part": "system", "claim_ids": system.claim_ids, "facts": tuple(known) or (f"systems/{system.system_id}/name",),
        }
    ]  # fmt: skip
    if not system.layers:
        # It has no box to stand under: who has it is told beside its name, and its one mark opens all of it.
        who = [
            f"{_LISTED[group][1] if group in _LISTED else _COUNTED[group]}: {phrases.join([pair['country'] for pair in own])}"
            for group, own in groups.items()
        ]
        rows[0]["claim_ids"] = united([system.claim_ids, *(pair["claim_ids"] for pair in pairs)])
        rows[0]["country"] = "; ".join(who)
        return rows
    for pair in pairs:
        if pair["group"] in _LISTED:
            rows.append({**{name: pair[name] for name in _ROW_COLUMNS if name in pair}, **shared, "part": "country"})
    for group in _COUNTED:
        if group in groups:
            rows.append({**_BLANK, **shared, **_others(system, group, groups[group])})
    return rows


def _others(system, group: str, others: Sequence[dict]) -> dict:
    """One row for all who stand elsewhere with a system: `Greece (offered) and Switzerland (offered)`."""
    names = [f"{row['country']} ({row['stage_words']})" for row in others]
    return {
        "mark": f"{system.system_id}|{group}",
        "heading": f"{system.name}: {phrases.join(names)}",
        "part": group,
        "country": phrases.join([row["country"] for row in others]),
        "group": group,
        "stage_words": phrases.join(list(dict.fromkeys(row["stage_words"] for row in others))),
        "history": "; ".join(names),
        "claim_ids": united(row["claim_ids"] for row in others),
        "facts": united(row["facts"] for row in others),
    }


def _filled(system) -> set[str]:
    has_range = not pd.isna(system.max_range_km)
    layer = {"layer", "layers"} if system.layers else set()
    return layer | ({"max_range_km", "range_of"} if has_range and system.range_of else set())


def _disagreement(record: Record, *cells: str) -> str:
    """How sources differ on a cell, and what is shown of it: bounds and other values stand in the conflict alone."""
    conflicts = conflicts_about(record, pd.DataFrame({"facts": [cells]}))
    return " ".join(f"{row.explanation} Shown: {row.shown}" for row in tuples(conflicts))


def _range(row: dict) -> str:
    words = f"{row['range_words']} ({row['range_of']})" if row["range_of"] else row["range_words"]
    return f"{words}, sources disagree" if row["range_disputed"] and words else words


def _title(systems: pd.DataFrame) -> str:
    """What both camps cover, and what one alone does: `Both camps have systems for very short to long range; …`"""
    covered = {
        camp: {layer for layers in systems.loc[systems["camp"] == camp, "layers"] for layer in layers}
        for camp in membership.CAMPS
    }
    both = set.intersection(*covered.values())
    parts = [f"both camps have systems for {span(both)}"] if both else []
    for camp, layers in covered.items():
        alone = [layer for layer in SAID_LAYERS if layer in layers - both]
        if alone and both:
            has = systems[(systems["camp"] == camp) & systems["layers"].map(lambda mine: bool(set(mine) & set(alone)))]  # noqa: B023
            words = span(alone)
            words = words if words.startswith("above") else f"for {words}"
            parts.append(f"only the {CAMPS[camp].label} has one {words}, {phrases.join(list(has['system']))}")
        elif alone:
            parts.append(f"{CAMPS[camp].label}: {span(alone)}")
        elif not both:
            parts.append(f"{CAMPS[camp].label}: no layer is given in these sources")
    return phrases.capital("; ".join(parts))


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    return _drawn(frame, theme, NARROW if narrow else WIDE)


def card(frame: Frame, theme: str = "light") -> go.Figure:
    return _drawn(frame, theme, CARD)


def _drawn(frame: Frame, theme: str, width: int) -> go.Figure:
    sheet, rows = Sheet(theme, width), tuples(frame.rows, _Mark)
    sides = [_side([row for row in rows if row.camp == camp], camp) for camp in membership.CAMPS]
    draw_layers(sheet, [layer.label for layer in SAID_LAYERS.values()], sides)
    return sheet.figure()


def _side(rows: list[_Mark], camp: str) -> Side:
    order = list(SAID_LAYERS)
    boxes, without = [], []
    for system in rows:
        if system.part != "system":
            continue
        holders = _holders([row for row in rows if row.system_id == system.system_id and row.part != "system"])
        if not system.layers:
            parts = filter(None, (system.country, _range(system._asdict())))
            without.append(Name(f"{system.system} ({'; '.join(parts)})", system.mark, system.heading))
            continue
        boxes.append(
            Box(
                system.system, order.index(system.layers[0]), order.index(system.layers[-1]),
                system.range_words + (f" {DISPUTED}" if system.range_disputed else ""), system.range_of, system.mark,
                in_box(f"{system.heading}. {system.range_dispute}".removesuffix(". ")), holders,
            )
        )  # fmt: skip
    relations = {relation for row in rows for relation in row.relations}
    about = " · ".join(words for relation, words in _RELATIONS.items() if relation in relations)
    return Side(camp, CAMPS[camp].label, about, tuple(boxes), tuple(without))


def _holders(rows: list[_Mark]) -> tuple[Holders, ...]:
    found = []
    for group, (many, one, bar) in _LISTED.items():
        named = sorted((row for row in rows if row.group == group), key=attrgetter("country"))
        names = tuple(Name(row.country, row.mark, hover(row)) for row in named)
        if names:
            found.append(Holders(f"{len(names)} {one if len(names) == 1 else many}", bar, names))
    for row in (row for row in rows if row.group in _COUNTED):
        number = len(row.history.split("; "))
        lines = "<br>".join([f"<b>{row.heading.partition(':')[0]}</b>", *row.history.split("; ")])
        found.append(Holders("", "", (Name(f"+ {number} {_COUNTED[row.group]}", row.mark, lines),)))
    return tuple(found)


EXHIBIT = Exhibit("systems-reach", SystemsView, view="reach", frame=frame, panels=(figure,), card=card)
