"""How many dated events the record has of each year: what the timeline's card can hold."""

from __future__ import annotations

import plotly.graph_objects as go

from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import TOPICS
from two_shields.exhibits import card_bars
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.timeline.looks import COLOUR


def figure(frame: Frame, theme: str = "light") -> go.Figure:
    """How many dated events the record has of each year, by topic."""
    placed = frame.rows[frame.rows["placed"]]
    years = placed["date"].str[:4].astype(int)
    made = Drawing(theme, height=card_bars.HEIGHT)
    for (topic, name), pattern in zip(TOPICS.labels.items(), card_bars.PATTERNS, strict=True):
        counts = years[placed["lane"] == topic].value_counts().sort_index()
        if len(counts):
            made.add_bar(
                x=counts.index, y=counts, name=name, marker=card_bars.area(COLOUR[topic], pattern), showlegend=True
            )
    totals = years.value_counts().sort_index()
    made.add_scatter(
        x=totals.index, y=totals, mode="text", text=[f"<b>{count}</b>" for count in totals],
        textposition="top center", textfont={"size": card_bars.LETTERS}, showlegend=False, cliponaxis=False,
    )  # fmt: skip
    made.update_xaxes(dtick=1 if len(totals) <= 12 else None, tickformat="d", tickfont={"size": card_bars.LETTERS - 1})
    made.update_yaxes(visible=False, range=[0, 1.12 * totals.max()])
    return card_bars.stacked(made, "dated events by year", years=True)
