"""Two sets that overlap, each member by its name in its region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from two_shields.charts.palette import FILLS, SYMBOL, WORDS
from two_shields.charts.style import Drawing

LINE = 22.0
HEAD = 58.0


@dataclass(frozen=True)
class Member:
    """A member of a region: its name, and what a click on it chooses."""

    name: str
    mark: str
    hover: str


@dataclass(frozen=True)
class Region:
    """One set without the other, or what both share: `key` is a state of `FILLS`."""

    key: str
    heading: str
    members: tuple[Member, ...]


def columns_of(region: Region, narrow: bool) -> int:
    """In how many columns a region's names stand."""
    return 1 if narrow or len(region.members) <= 6 else 2


def depth(regions: Sequence[Region], narrow: bool) -> int:
    """The most names in one column."""
    return max((-(-len(one.members) // columns_of(one, narrow)) for one in regions), default=1) or 1


def height(regions: Sequence[Region], narrow: bool) -> int:
    """The pixels that all names take."""
    return round(HEAD + LINE * depth(regions, narrow) + 34)


def draw_two_sets(drawing: Drawing, left: Region, both: Region, right: Region, *, narrow: bool) -> None:
    """The left set in blue, the right one in orange lines, and between them what both share."""
    regions = (left, both, right)
    width = 358.0 if narrow else 1160.0
    shares = (0.36, 0.31, 0.33) if narrow else (0.40, 0.28, 0.32)
    edges = [0.0]
    for share in shares:
        edges.append(edges[-1] + share * width)
    bottom = -float(drawing.height)
    for region, x0, x1 in zip(regions, edges, edges[1:], strict=False):
        fill = FILLS[drawing.theme][region.key]
        drawing.add_scatter(
            x=[x0 + 2, x1 - 2, x1 - 2, x0 + 2, x0 + 2], y=[-6, -6, bottom + 6, bottom + 6, -6], mode="lines",
            fill="toself", hoverinfo="skip", **fill.land(size=5 if narrow else 7),
        )  # fmt: skip
        inner = 8 if narrow else 14
        drawing.add_shape(
            type="rect", x0=x0 + inner, x1=x1 - inner, y0=-HEAD + 10, y1=bottom + 18, line={"width": 0},
            fillcolor=drawing.ground, layer="above",
        )  # fmt: skip
        drawing.add_annotation(
            x=(x0 + x1) / 2, y=-24, text=f"<b>{SYMBOL[region.key]} {region.heading}{'<br>' if narrow else ': '}{len(region.members)}</b>",
            showarrow=False, font={"size": 11 if narrow else 15, "color": WORDS[drawing.theme][region.key]},
            bgcolor=drawing.ground, borderpad=3,
        )  # fmt: skip
        _names(drawing, region, x0 + inner, x1 - inner, narrow)
    drawing.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    drawing.update_xaxes(visible=False, range=[0, width])
    drawing.update_yaxes(visible=False, range=[bottom, 0])


def _names(drawing: Drawing, region: Region, x0: float, x1: float, narrow: bool) -> None:
    columns = columns_of(region, narrow)
    lines = -(-len(region.members) // columns) or 1
    xs, ys = [], []
    for number in range(len(region.members)):
        column, line = divmod(number, lines)
        xs.append(x0 + (x1 - x0) * (column + 0.5) / columns)
        ys.append(-HEAD - LINE * (line + 0.4))
    letters = 11 if narrow else 13.5
    for x, y, member in zip(xs, ys, region.members, strict=True):
        drawing.add_annotation(
            x=x, y=y, text=member.name, showarrow=False, font={"size": letters, "color": drawing.text}
        )
    drawing.add_scatter(
        x=xs, y=ys, mode="markers", marker={"size": 26, "color": "rgba(0,0,0,0)"},
        customdata=[[member.mark] for member in region.members], hovertext=[member.hover for member in region.members],
        hoverinfo="text",
    )  # fmt: skip
