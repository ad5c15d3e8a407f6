"""The map of Europe: who is in which camp, in both, in neither, or not in the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import STATE_COLOUR, STATE_PATTERN, STATE_SYMBOL, Drawing
from two_shields.contract import geometry
from two_shields.contract.vocabulary import STATES
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit, notes_on, source_line
from two_shields.exhibits.initiatives.places import (
    COLUMNS,
    QUESTION,
    RESTS_ON,
    buyers_outside,
    by_state,
    camps_sentence,
    places,
)
from two_shields.exhibits.initiatives.readings import caption, scope
from two_shields.record.record import Record
from two_shields.state.views import InitiativesView
from two_shields.text import phrases


def frame(record: Record, view: InitiativesView) -> Frame:
    rows = places(record, view)
    rows = rows[rows["iso3"].isin(geometry.europe().mapped)]
    # What stands outside the map's frame is not lost: the other views have it.
    finding = camps_sentence(rows[rows["chosen"]])
    title = phrases.capital(scope(record, view) + finding)
    table = rows[rows["chosen"] & ((rows["state"] != "unknown") | bool(view.country))]
    unknown = int((rows["state"] == "unknown").sum())
    return Frame(
        "initiatives-map",
        title,
        fit(
            f"Map of Europe. {title}.",
            f"Not in either camp: {int((rows['state'] == 'neither').sum())}. Not in the record: {unknown}.",
        ),
        by_state(table),
        COLUMNS,
        source_line(record, table["claim_ids"]),
        caption(record, view, QUESTION),
        (*buyers_outside(record, view, rows), *notes_on(record, table)),
        RESTS_ON,
    )


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False, height: int | None = None) -> go.Figure:
    """Europe by state: colour and pattern on the land, symbol and code on the mark."""
    # A map keeps its shape: on a phone's narrow page a high one would stand over an empty space.
    made = Drawing(theme, height=height or (380 if narrow else 560))
    shapes = geometry.europe()
    state_of = dict(zip(frame.rows["iso3"], frame.rows["state"], strict=True))
    backing_of = dict(zip(frame.rows["iso3"], frame.rows["backing"], strict=True))
    unknown = _land([ring for rings in _unknown(shapes, state_of) for ring in rings], "unknown", "", 0.28)
    made.add_scatter(**unknown | {"name": STATES["unknown"].label, "showlegend": True})
    made.add_scatter(**_land(shapes.context, "unknown", "", 0.10))
    for state in ("neither", "german_led", "french_led", "both"):
        for backing in ("article", "both", "record"):
            rings = [
                ring
                for iso3, rings in shapes.countries.items()
                if state_of.get(iso3) == state and backing_of[iso3] == backing
                for ring in rings
            ]
            if rings:
                strength = 0.75 if backing != "record" else 0.40
                made.add_scatter(**_land(rings, state, STATE_PATTERN[state], strength))
    for state, words in STATES.labels.items():
        rows = frame.rows[frame.rows["state"] == state]
        if rows.empty:
            continue
        places = [geometry.project(lon, lat) for lon, lat in zip(rows["lon"], rows["lat"], strict=True)]
        made.add_scatter(
            x=[x for x, _ in places],
            y=[y for _, y in places],
            mode="markers+text",
            text=style.marked(rows["iso3"], rows["disputed"]),
            textposition="bottom center",
            textfont={"size": 10, "shadow": "auto"},
            marker={
                "symbol": STATE_SYMBOL[state],
                "size": 12,
                "color": STATE_COLOUR[state],
                "line": {"width": 1.5, "color": "white"},
            },
            customdata=rows["mark"].to_numpy()[:, None],
            hovertext=rows["heading"] + "<br>" + rows["standing"].str.replace("; ", "<br>"),
            hoverinfo="text",
            name=words,
            showlegend=True,
        )
    made.update_layout(
        showlegend=True,
        legend={"y": 1.01, "yanchor": "bottom"},
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    made.update_xaxes(visible=False, range=geometry.FRAME_X)
    made.update_yaxes(visible=False, range=geometry.FRAME_Y, scaleanchor="x", constrain="domain", constraintoward="top")
    return made.figure()


def _unknown(shapes: geometry.Geometry, state_of: Mapping[str, str]):
    return (rings for iso3, rings in shapes.countries.items() if state_of.get(iso3, "unknown") == "unknown")


def _land(rings: list[geometry.Ring], state: str, pattern: str, strength: float) -> dict[str, Any]:
    """Many rings as one filled trace; gaps keep them apart."""
    x: list[int | None] = []
    y: list[int | None] = []
    for ring in rings:
        x += [*(point[0] for point in ring), None]
        y += [*(point[1] for point in ring), None]
    colour = STATE_COLOUR[state]
    fill = {"fillcolor": style.faded(colour, strength)}
    if pattern:
        fill = {
            "fillcolor": style.faded(colour, strength),
            "fillpattern": {
                "shape": pattern,
                "fgcolor": colour,
                "bgcolor": style.faded(colour, strength * 0.45),
                "size": 6,
                "solidity": 0.35,
                "fillmode": "replace",
            },
        }
    return {
        "x": x, "y": y, "mode": "lines", "fill": "toself", "hoverinfo": "skip",
        "line": {"width": 0.7, "color": "rgba(127,127,127,0.75)"}, "showlegend": False, **fill,
    }  # fmt: skip


EXHIBIT = Exhibit("initiatives-map", InitiativesView, view="map", frame=frame, panels=(figure,))
