"""The overlap of the two camps: two sets of countries."""

from __future__ import annotations

import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import STATE_COLOUR, STATE_SYMBOL, Drawing
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
    everyone = places(record, view)
    rows = everyone[everyone["chosen"] & everyone["state"].isin(["both", "german_led", "french_led"])]
    finding = camps_sentence(rows)
    title = phrases.capital(scope(record, view) + finding)
    return Frame(
        "initiatives-overlap",
        title,
        fit(f"Two overlapping sets of countries. {title}."),
        by_state(rows),
        COLUMNS,
        source_line(record, rows["claim_ids"]),
        caption(record, view, QUESTION),
        (*buyers_outside(record, view, everyone), *notes_on(record, rows)),
        RESTS_ON,
    )


_PER_ROW = {"german_led": 4, "both": 3, "french_led": 4}


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """Two sets that overlap, each country a chip in its region."""
    deepest = max(
        (-(-count // _PER_ROW[state]) for state, count in frame.rows["state"].value_counts().items()), default=1
    )
    made = Drawing(theme, height=min(520, 170 + 62 * deepest))
    regions = {"german_led": (-3.05, 3.0), "both": (0, 1.7), "french_led": (3.05, 3.0)}
    for x0, x1, state in ((-5.2, 1.35, "german_led"), (-1.35, 5.2, "french_led")):
        colour = STATE_COLOUR[state]
        made.add_shape(
            type="path", path=_rounded(x0, -3.1, x1, 3.1, 1.2), line={"color": colour, "width": 2.5, "dash": "solid" if state == "german_led" else "dash"},
            fillcolor=style.faded(colour, 0.12), layer="below",
        )  # fmt: skip
    for state, (centre, _) in regions.items():
        rows = frame.rows[frame.rows["state"] == state]
        words = {"german_led": "Sky Shield only", "both": "Both", "french_led": "French-led only"}[state]
        made.add_annotation(
            x=centre,
            y=3.55,
            text=f"<b>{words}: {len(rows)}</b>",
            showarrow=False,
            font={"color": style.lettering(STATE_COLOUR[state], theme), "size": 13},
        )
        per_row = _PER_ROW[state]
        depth = -(-len(rows) // per_row)
        xs, ys = [], []
        for position in range(len(rows)):
            line, column = divmod(position, per_row)
            width = min(per_row, len(rows) - line * per_row)
            xs.append(centre + (column - (width - 1) / 2) * 0.86)
            ys.append(((depth - 1) / 2 - line) * 5.2 / max(deepest, 2))
        made.add_scatter(
            x=xs,
            y=ys,
            mode="markers+text",
            text=style.marked(rows["iso3"], rows["disputed"]),
            textposition="bottom center",
            textfont={"size": 11},
            marker={
                "symbol": STATE_SYMBOL[state],
                "size": 14,
                "color": style.ink(STATE_COLOUR[state], rows["backing"]),
                "line": {"width": 1.5, "color": STATE_COLOUR[state]},
            },
            customdata=rows["mark"].to_numpy()[:, None],
            hovertext=rows["heading"] + "<br>" + rows["standing"].str.replace("; ", "<br>"),
            hoverinfo="text",
        )
    made.update_xaxes(visible=False, range=[-5.4, 5.4])
    made.update_yaxes(visible=False, range=[-3.3, 3.9])
    return made.figure()


def _rounded(x0: float, y0: float, x1: float, y1: float, r: float) -> str:
    return (
        f"M{x0 + r},{y0} L{x1 - r},{y0} Q{x1},{y0} {x1},{y0 + r} L{x1},{y1 - r} Q{x1},{y1} {x1 - r},{y1} "
        f"L{x0 + r},{y1} Q{x0},{y1} {x0},{y1 - r} L{x0},{y0 + r} Q{x0},{y0} {x0 + r},{y0} Z"
    )


EXHIBIT = Exhibit("initiatives-overlap", InitiativesView, view="overlap", frame=frame, panels=(figure,))
