"""The figures of the page Initiatives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import SERIES, STATE_COLOUR, STATE_PATTERN, STATE_SYMBOL, Drawing
from two_shields.contract import geometry
from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES, STATES, STATUS_GROUPS
from two_shields.exhibits.frame import Frame
from two_shields.text import dates


def map_figure(frame: Frame, theme: str = "light", *, height: int = 560) -> go.Figure:
    """Europe by state: colour and pattern on the land, symbol and code on the mark."""
    made = Drawing(theme, height=height)
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


#: The colour and symbol of each group of statuses.
STATUS_LOOKS: Mapping[str, tuple[str, str]] = {
    "bound": (style.BLUE, "square"),
    "joined": (style.GREEN, "circle"),
    "intends": (style.ORANGE, "diamond"),
    "outside": (style.PURPLE, "triangle-up"),
    "declined": (style.GREY, "x"),
}
GROUP_OF: Mapping[str, str] = {code: status.group for code, status in MEMBERSHIP_STATUSES.items()}


def matrix_figure(frame: Frame, theme: str = "light") -> go.Figure:
    """Countries by initiatives: a letter, a shape and a colour per status, its date beside it."""
    rows = frame.rows
    countries = sorted(rows["country"].unique(), reverse=True)
    initiatives = list(dict.fromkeys(rows.sort_values("column")["initiative"]))
    made = Drawing(theme, height=100 + 50 * max(len(countries), 2))
    groups = rows["status"].map(GROUP_OF)
    for group, (colour, symbol) in STATUS_LOOKS.items():
        cells = rows[groups == group]
        if cells.empty:
            continue
        made.add_scatter(
            x=cells["initiative"],
            y=cells["country"],
            mode="markers+text",
            marker={
                "symbol": symbol,
                "size": 22,
                "color": style.ink(colour, cells["backing"]),
                "line": {"width": 1.5, "color": colour},
            },
            text=style.marked(cells["short_date"], cells["disputed"]),
            textposition="bottom center",
            textfont={"size": 10},
            customdata=cells["mark"].to_numpy()[:, None],
            hovertext=cells["heading"] + "<br>" + cells["date_words"],
            hoverinfo="text",
            name=STATUS_GROUPS[group].meaning,
            showlegend=True,
        )
        made.add_scatter(
            x=cells["initiative"],
            y=cells["country"],
            mode="text",
            text=[f"<b>{MEMBERSHIP_STATUSES[status].letter}</b>" for status in cells["status"]],
            textfont={"size": 12, "color": style.on_ink(colour, cells["backing"], theme)},
            hoverinfo="skip",
            showlegend=False,
        )
    made.update_layout(showlegend=True)
    made.update_xaxes(
        side="top", categoryorder="array", categoryarray=initiatives,
        tickvals=initiatives, ticktext=[_wrapped(name) for name in initiatives],
        tickangle=0, range=[-0.5, max(len(initiatives), 1) - 0.5], showgrid=False,
    )  # fmt: skip
    made.update_yaxes(
        categoryorder="array",
        categoryarray=countries,
        range=[-0.6, max(len(countries), 1) - 0.4],
        gridcolor=style.GRID,
        tickson="boundaries",
        showgrid=True,
    )
    return made.figure()


def _wrapped(name: str) -> str:
    return name.replace(" ", "<br>", 1)


def growth_figure(frame: Frame, theme: str = "light", *, height: int = 420) -> go.Figure:
    """Members over time, as steps; nothing is drawn between what is known."""
    rows = frame.rows[frame.rows["when"] != ""]
    made = Drawing(theme, height=height)
    last_day = max((dates.latest(day) for day in rows["when"]), default=None)
    initiatives = list(dict.fromkeys(rows["initiative_id"]))
    starts = []
    for (initiative_id, series), steps in rows.groupby(["initiative_id", "series"], sort=False):
        colour, _, symbol = SERIES[initiatives.index(initiative_id) % len(SERIES)]
        counted = series == "counted"
        # A step stands where it had surely happened; the bar before it is when it may have.
        days = [dates.latest(day) for day in steps["when"]]
        # Counts beside names are marks only: the line is that of the names.
        both = rows[(rows["initiative_id"] == initiative_id) & (rows["series_short"] == "named and counted")]
        if not counted or both.empty:
            label = f"{steps['initiative'].iloc[0]}, {steps['series_short'].iloc[-1]}"
            starts.append((days[0], int(steps["members"].iloc[0]), label, colour))
            made.add_scatter(
                x=[*days, last_day],
                y=[*steps["members"], steps["members"].iloc[-1]],
                mode="lines",
                line={"shape": "hv", "color": colour, "width": 2, "dash": "dot" if counted else "solid"},
                hoverinfo="skip",
            )
        for step in steps.itertuples():
            first, last = dates.span(step.when)
            if first != last:
                made.add_scatter(
                        x=[first, last], y=[step.members] * 2, mode="lines", hoverinfo="skip",
                        line={"color": style.faded(colour, 0.3), "width": 10},
                    )  # fmt: skip
        made.add_scatter(
            x=days,
            y=steps["members"],
            mode="markers+text",
            marker={
                "symbol": f"{symbol}-open" if counted else symbol,
                "size": 13,
                "color": style.ink(colour, steps["backing"]),
                "line": {"width": 2, "color": colour},
            },
            text=style.marked(steps["members"], steps["disputed"]),
            # Two lines may pass through one point: their numbers stand on either side of it.
            textposition="top right" if initiatives.index(initiative_id) % 2 else "top center",
            customdata=steps["mark"].to_numpy()[:, None],
            hovertext=steps["heading"],
            hoverinfo="text",
        )
    for day, members, label, colour in starts:
        made.add_annotation(
            x=day, y=members, text=label, font={"color": style.lettering(colour, theme), "size": 12}, showarrow=False,
            xanchor="left", yanchor="top", yshift=-10, xshift=-6,
        )  # fmt: skip
    top = max(rows["members"], default=1)
    made.update_yaxes(range=[-0.06 * top, 1.18 * top], nticks=6)
    made.update_xaxes(type="date")
    return made.figure()


_PER_ROW = {"german_led": 4, "both": 3, "french_led": 4}


def overlap_figure(frame: Frame, theme: str = "light") -> go.Figure:
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


FIGURES: Mapping[str, Callable[..., go.Figure]] = {
    "map": map_figure,
    "matrix": matrix_figure,
    "growth": growth_figure,
    "overlap": overlap_figure,
}
