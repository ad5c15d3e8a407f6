"""Figures short enough for a card: what of a tall figure can be read at the size of a preview.

A list of thirty countries pressed into a card is a grey block. Where a figure is that tall, the card shows the part that
bears its finding, or the same rows counted. `layout.meta["note"]` says which part it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import TOPICS
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.initiatives import figures as initiatives
from two_shields.exhibits.systems import figures as systems
from two_shields.exhibits.systems.standings import FIRM
from two_shields.exhibits.timeline.figures import COLOUR

HEIGHT = 440
#: How many rows of a matrix, and bars, a card can hold.
MOST_COUNTRIES, MOST_CELLS, MOST_BARS = 8, 11, 10
#: A pattern per group and per topic, so that no two areas differ by colour alone.
_PATTERNS = ("", "/", ".", "x", "-", "\\")
_LETTERS = 15


def initiatives_matrix(frame: Frame, theme: str = "light") -> go.Figure:
    """The matrix of the countries that are in the most initiatives."""
    inside = frame.rows[frame.rows["inside"]].groupby("country")["initiative_id"].nunique()
    kept = _first(frame.rows, inside, MOST_COUNTRIES)
    made = initiatives.matrix_figure(replace(frame, rows=kept), theme)
    return _noted(made, frame, kept, "those in the most initiatives")


def systems_matrix(frame: Frame, theme: str = "light") -> go.Figure:
    """The matrix of the countries that have or ordered the most systems, those with systems of both camps first."""
    firm = frame.rows[frame.rows["group"].isin(FIRM)]
    camps = firm[firm["camp"] != "other"].groupby("country")["camp"].nunique()
    weight = firm.groupby("country")["system_id"].nunique().add(100 * (camps > 1), fill_value=0)
    kept = _first(frame.rows, weight, MOST_CELLS)
    made = systems.matrix_figure(replace(frame, rows=kept), theme)
    return _noted(made, frame, kept, "those that have or ordered systems of both camps, then the most")


def systems_bars(frame: Frame, theme: str = "light") -> go.Figure:
    """How many countries stand at which stage of each system."""
    names = list(dict.fromkeys(frame.rows["system"]))
    sizes = frame.rows["system"].value_counts()
    shown = sorted(names, key=lambda name: (-sizes[name], names.index(name)))[:MOST_BARS]
    names = [name for name in names if name in shown][::-1]
    made = Drawing(theme, height=HEIGHT)
    for (group, look), pattern in zip(systems.LOOKS.items(), _PATTERNS, strict=False):
        counts = frame.rows.loc[frame.rows["group"] == group, "system"].value_counts().reindex(names).dropna()
        if counts.empty:
            continue
        made.add_bar(
            x=counts,
            y=list(counts.index),
            orientation="h",
            name=look.words,
            marker=_area(look.colour, pattern),
            text=[f"<b>{count:.0f}</b>" for count in counts],
            textposition="inside",
            textangle=0,
            insidetextfont={"size": _LETTERS, "color": style.on_ink(look.colour, ("article",), theme)[0]},
            showlegend=True,
        )
    made.update_xaxes(visible=False)
    made.update_yaxes(categoryorder="array", categoryarray=names, showgrid=False, tickfont={"size": _LETTERS})
    total = frame.rows["system"].nunique()
    return _bars(made, "countries per system" + (f", {len(names)} of {total} systems" if len(names) < total else ""))


def events_by_year(frame: Frame, theme: str = "light") -> go.Figure:
    """How many dated events the record has of each year, by topic."""
    placed = frame.rows[frame.rows["placed"]]
    years = placed["date"].str[:4].astype(int)
    made = Drawing(theme, height=HEIGHT)
    for (topic, name), pattern in zip(TOPICS.labels.items(), _PATTERNS, strict=True):
        counts = years[placed["lane"] == topic].value_counts().sort_index()
        if len(counts):
            made.add_bar(x=counts.index, y=counts, name=name, marker=_area(COLOUR[topic], pattern), showlegend=True)
    totals = years.value_counts().sort_index()
    made.add_scatter(
        x=totals.index, y=totals, mode="text", text=[f"<b>{count}</b>" for count in totals],
        textposition="top center", textfont={"size": _LETTERS}, showlegend=False, cliponaxis=False,
    )  # fmt: skip
    made.update_xaxes(dtick=1 if len(totals) <= 12 else None, tickformat="d", tickfont={"size": _LETTERS - 1})
    made.update_yaxes(visible=False, range=[0, 1.12 * totals.max()])
    return _bars(made, "dated events by year", years=True)


#: The short one for a tall figure, by the figure's frame.
FIGURES: Mapping[str, object] = {
    "initiatives-matrix": initiatives_matrix,
    "systems-matrix": systems_matrix,
    "systems-flows": systems_bars,
    "timeline": events_by_year,
}


def _first(rows: pd.DataFrame, weight: pd.Series, most: int) -> pd.DataFrame:
    """The rows of the countries that weigh the most; of equals, those with more rows, then by name."""
    size = rows["country"].value_counts()
    countries = sorted(rows["country"].unique(), key=lambda name: (-weight.get(name, 0), -size[name], name))
    return rows[rows["country"].isin(countries[:most])]


def _noted(made: go.Figure, frame: Frame, kept: pd.DataFrame, which: str) -> go.Figure:
    number, of = kept["country"].nunique(), frame.rows["country"].nunique()
    return made.update_layout(meta={"note": f"{number} of {of} countries: {which}" if number < of else ""})


def _area(colour: str, pattern: str) -> dict:
    return {
        "color": colour,
        "line": {"width": 0},
        "pattern": {
            "shape": pattern,
            "fillmode": "overlay",
            "fgcolor": "white",
            "fgopacity": 0.35,
            "size": 7,
            "solidity": 0.25,
        },
    }


def _bars(made: Drawing, note: str, *, years: bool = False) -> go.Figure:
    made.update_layout(
        barmode="stack", bargap=0.28, showlegend=True, meta={"note": note},
        legend={"font": {"size": 13}, "traceorder": "normal", "y": -0.13 if years else -0.02}, margin={"r": 30, "t": 16},
    )  # fmt: skip
    return made.figure()
