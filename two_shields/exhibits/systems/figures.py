"""The figures of the page Systems.

The flow is drawn as one small tree per system, not as a Sankey: each link ends at its own country, in the
column of the stage that it has reached. So links never cross, a line that stops short of delivery is seen
to stop, every end can be clicked, and a narrow screen holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import CAMPS, STAGES
from two_shields.exhibits.frame import Frame


@dataclass(frozen=True)
class _Look:
    """How a group of stages looks: a colour, a symbol and a dash each, so that no pair differs by colour alone."""

    words: str
    heading: str
    colour: str
    symbol: str
    dash: str
    width: float = 2


LOOKS: Mapping[str, _Look] = {
    "unsigned": _Look("wanted, offered or chosen", "nothing<br>signed yet", style.ORANGE, "diamond", "dash", 1.5),
    "ordered": _Look("ordered", "ordered", style.GREEN, "circle", "solid"),
    "has": _Look("delivered, bought or in service", "delivered,<br>in service", style.BLUE, "square", "solid", 3),
    "refused": _Look("refused or declined", "refused", style.GREY, "x", "dashdot", 1.5),
    "stationed": _Look("stationed there by its owner", "stationed", style.PURPLE, "star", "longdashdot", 1.5),
}
#: The columns of the flow, from the loosest to the firmest; the last is beside that order.
COLUMNS: tuple[tuple[str, ...], ...] = (("unsigned",), ("ordered",), ("has",), ("refused", "stationed"))

LINE = 17  # px
LONGEST_NAME = 11


class _Chip(NamedTuple):
    """A country at the end of its link."""

    x: float
    y: float
    row: tuple


class _Words(NamedTuple):
    """Words that begin at a place, as high as it."""

    x: float
    y: float
    text: str
    size: int


@dataclass
class _Drawing:
    """What the flow is drawn of, collected from the top down; `y` counts lines."""

    y: float = 0
    lines: dict[str, tuple[list, list]] = field(default_factory=dict)
    chips: list[_Chip] = field(default_factory=list)
    words: list[_Words] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)

    def line(self, look: str, *points: tuple[float, float]) -> None:
        xs, ys = self.lines.setdefault(look, ([], []))
        xs += [*(x for x, _ in points), None]
        ys += [*(-y for _, y in points), None]

    def write(self, x: float, y: float, text: str, *, size: int) -> None:
        self.words.append(_Words(x, -y, text, size))


def flows_figure(frame: Frame, theme: str = "light") -> go.Figure:
    """From the makers' country to the system, and on to each country in the column of its stage."""
    rows = frame.rows
    present = set(rows["group"])
    columns = [groups for groups in COLUMNS if present & set(groups)]
    drawing = _Drawing()
    for camp, systems in rows.groupby("camp", sort=False):
        if rows["camp"].nunique() > 1:
            drawing.write(0, drawing.y, f"<b>{CAMPS[camp].label}</b>", size=15)
            drawing.y += 1.1
        _headings(drawing, columns, set(rows["stage"]))
        for _, countries in systems.groupby("system_id", sort=False):
            _tree(drawing, list(countries.itertuples(index=False)), columns)
        drawing.y += 0.3
    made = Drawing(theme, height=round(LINE * (drawing.y + 0.5)) + 8)
    for look, (xs, ys) in drawing.lines.items():
        line = (
            {"color": style.faded(style.GREY, 0.6), "width": 1.5}
            if look == "trunk"
            else {
                "color": style.faded(LOOKS[look].colour, 0.75),
                "width": LOOKS[look].width,
                "dash": LOOKS[look].dash,
            }
        )
        made.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip")
    _chips(made, drawing.chips)
    made.add_scatter(  # one trace: an annotation is drawn by itself, which takes a browser longer
            x=[words.x for words in drawing.words], y=[words.y for words in drawing.words],
            text=[words.text for words in drawing.words], mode="text", textposition="middle right",
            textfont={"size": [words.size for words in drawing.words], "color": style.TEXT[theme]},
            hoverinfo="skip", cliponaxis=False,
        )  # fmt: skip
    for y in drawing.rules:
        made.add_shape(type="line", x0=0, x1=len(columns), y0=-y, y1=-y, line={"color": style.GRID, "width": 1})
    made.update_xaxes(visible=False, range=[0, len(columns)])
    made.update_yaxes(visible=False, range=[-drawing.y - 0.2, 0.9])
    made.update_layout(margin={"l": 4, "r": 4, "t": 4, "b": 4})
    return made.figure()


def _headings(drawing: _Drawing, columns: list[tuple[str, ...]], stages: set[str]) -> None:
    """Each column's stages, in words."""
    for place, groups in enumerate(columns):
        shown = [
            LOOKS[group].heading if group != "refused" or "refused" in stages else STAGES["declined"].label
            for group in groups
            if any(STAGES[stage].group == group for stage in stages)
        ]
        text = ",<br>".join(shown)
        drawing.write(place + 0.02, drawing.y + 0.5, text, size=11)
    drawing.y += 1.45
    drawing.rules.append(drawing.y)
    drawing.y += 0.8


def _tree(drawing: _Drawing, rows: list, columns: list[tuple[str, ...]]) -> None:
    """One system: its origin and name, a trunk to the right, and under each stage its countries."""
    drawing.write(0, drawing.y, f"{rows[0].made_in or 'origin not given'} → <b>{rows[0].system}</b>", size=13)
    top = drawing.y + 0.75
    deepest, last = top, 0
    for place, groups in enumerate(columns):
        y = top
        for group in groups:
            pairs = sorted((row for row in rows if row.group == group), key=_from)
            if not pairs:
                continue
            rail, last = place + 0.02, place
            start = top if y == top else y
            for words, givers in groupby(pairs, key=_from):
                if words:
                    lines = words.count("<br>") + 1
                    y += 0.35 + 0.6 * lines
                    drawing.write(place + 0.07, y - 0.3 * (lines - 1), words, size=10)
                for row in givers:
                    y += 1
                    drawing.line(group, (rail, y), (place + 0.09, y))
                    drawing.chips.append(_Chip(place + 0.1, -y, row))
            drawing.line(group, (rail, start), (rail, y))
        deepest = max(deepest, y)
    drawing.line("trunk", (0, top), (last + 0.02, top))
    drawing.y = deepest + 1.45


def _from(row) -> str:
    """Who gives it, where that is not whoever makes it: `from EST, NOR`."""
    makers = row.made_in
    if not row.givers or row.giver_words == makers:
        return ""
    return "from " + ",<br>".join(", ".join(row.givers[i : i + 2]) for i in range(0, len(row.givers), 2))


def _chips(made: Drawing, chips: list[_Chip]) -> None:
    """The countries: a mark of their stage, and their name."""
    for group in dict.fromkeys(chip.row.group for chip in chips):
        look, ends = LOOKS[group], [chip for chip in chips if chip.row.group == group]
        made.add_scatter(
            x=[chip.x for chip in ends],
            y=[chip.y for chip in ends],
            mode="markers+text",
            text=[_label(chip, chips) for chip in ends],
            textposition="middle right",
            textfont={"size": 11},
            marker={
                "symbol": look.symbol,
                "size": 10,
                "color": style.ink(look.colour, [chip.row.backing for chip in ends]),
            },
            customdata=[[chip.row.mark] for chip in ends],
            hovertext=[_hover(chip.row) for chip in ends],
            hoverinfo="text",
            name=look.words,
        )


def _label(chip: _Chip, chips: list[_Chip]) -> str:
    """The country's name with its signs; its code where the name would run into the next column."""
    has_neighbour = any(chip.x < other.x < chip.x + 1.5 and abs(other.y - chip.y) < 0.9 for other in chips)
    row = chip.row
    name = row.iso3 if len(row.country) > LONGEST_NAME - 3 * has_neighbour else row.country
    signs = ("+" if row.more else "") + (style.DISPUTED if row.disputed else "")
    return f"{name} {signs}".rstrip()


def _hover(row) -> str:
    givers = f"<br>from {row.giver_words}" if row.giver_words else ""
    return f"{row.heading}{givers}<br>{row.history.replace('; ', '<br>')}"


def matrix_figure(frame: Frame, theme: str = "light") -> go.Figure:
    """Countries by systems: a letter, a shape and a colour per stage."""
    rows = frame.rows
    countries = sorted(rows["country"].unique())
    systems = list(dict.fromkeys(rows["system"]))
    twice = rows.duplicated(["system_id", "iso3"], keep=False)
    aside = min(0.24, 0.03 * len(systems))
    rows = rows.assign(
        x=rows["system"].map(systems.index) + twice * rows["track"].map({"own": -aside, "stationed": aside}),
        y=rows["country"].map(countries.index),
        twice=twice,
    )
    steep = len(systems) > 3
    made = Drawing(theme, height=(150 if steep else 70) + 26 * len(countries) + 100)
    for group, look in LOOKS.items():
        cells = rows[rows["group"] == group]
        if cells.empty:
            continue
        made.add_scatter(
            x=cells["x"],
            y=cells["y"],
            mode="markers",
            marker={
                "symbol": look.symbol,
                "size": [14 if double else 20 for double in cells["twice"]],
                "opacity": 1,
                "color": style.ink(look.colour, cells["backing"]),
            },
            customdata=cells["mark"].to_numpy()[:, None],
            hovertext=[_hover(cell) for cell in cells.itertuples()],
            hoverinfo="text",
            name=look.words,
            showlegend=True,
        )
        made.add_scatter(
            x=cells["x"],
            y=cells["y"],
            mode="text",
            text=[
                "" if STAGES[stage].group == "refused" else f"<b>{STAGES[stage].letter}</b>" for stage in cells["stage"]
            ],
            textfont={
                "size": [9 if double else 11 for double in cells["twice"]],
                "color": style.on_ink(look.colour, cells["backing"], theme),
            },
            hoverinfo="skip",
            showlegend=False,
        )
    disputed = rows[rows["disputed"].astype(bool)]  # of no rows, a column of truths is taken for a choice of columns
    made.add_scatter(
            x=disputed["x"], y=disputed["y"], mode="text", text=[f"      {style.DISPUTED}"] * len(disputed),
            textposition="middle right", textfont={"size": 11}, hoverinfo="skip", showlegend=False,
        )  # fmt: skip
    made.update_layout(showlegend=True)
    _camps(made, rows, systems, len(countries))
    made.update_xaxes(
        side="top", tickvals=list(range(len(systems))),
        ticktext=systems if steep else [name.replace(" ", "<br>", 1) for name in systems],
        tickangle=-60 if steep else 0, range=[-0.6, len(systems) - 0.4], showgrid=False, zeroline=False,
    )  # fmt: skip
    made.update_yaxes(
        tickvals=list(range(len(countries))), ticktext=countries, range=[len(countries) + 0.6 * (rows["camp"].nunique() > 1) - 0.4, -0.6],
        gridcolor=style.GRID, showgrid=True, zeroline=False,
    )  # fmt: skip
    return made.figure()


def _camps(made: Drawing, rows: pd.DataFrame, systems: list[str], depth: int) -> None:
    """The camps' names under their systems, and a line between them."""
    if rows["camp"].nunique() < 2:
        return
    for camp, pairs in rows.groupby("camp", sort=False):
        places = sorted({systems.index(system) for system in pairs["system"]})
        made.add_annotation(
            x=sum(places) / len(places), y=depth - 0.25, text=f"<b>{CAMPS[camp].label}</b>", showarrow=False,
            font={"size": 11},
        )  # fmt: skip
        if places[0]:
            edge = places[0] - 0.5
            made.add_shape(
                type="line", x0=edge, x1=edge, y0=-0.6, y1=depth + 0.2, line={"color": style.GREY, "width": 1},
                opacity=0.6,
            )  # fmt: skip


FIGURES: Mapping[str, Callable[..., go.Figure]] = {
    "flows": flows_figure,
    "matrix": matrix_figure,
}
