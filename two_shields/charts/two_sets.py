"""Two sets that overlap, each member by its name in its region."""

from collections.abc import Sequence
from dataclasses import dataclass

from two_shields.charts.palette import FILLS, SYMBOL, WORDS
from two_shields.charts.style import Drawing, Name

LINE = 22.0
HEAD = 58.0


@dataclass(frozen=True)
class Region:
    """One set without the other, or what both share: `key` is a state of `FILLS`."""

    key: str
    heading: str
    members: tuple[Name, ...]


def columns_of(region: Region, narrow: bool) -> int:
    """In how many columns a region's names stand."""
    return 1 if narrow or len(region.members) <= 6 else 2


def height(regions: Sequence[Region], narrow: bool) -> int:
    """The pixels that all names take: those of the column with the most."""
    most = max((-(-len(one.members) // columns_of(one, narrow)) for one in regions), default=1) or 1
    return round(HEAD + LINE * most + 34)


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
        drawing.write(
            (x0 + x1) / 2, -24,
            f"<b>{SYMBOL[region.key]} {region.heading}{'<br>' if narrow else ': '}{len(region.members)}</b>",
            WORDS[drawing.theme][region.key], 11 if narrow else 15, bgcolor=drawing.ground, borderpad=3,
        )  # fmt: skip
        _names(drawing, region, x0 + inner, x1 - inner, narrow)
    drawing.in_pixels(width, bottom)


def _names(drawing: Drawing, region: Region, x0: float, x1: float, narrow: bool) -> None:
    columns = columns_of(region, narrow)
    lines = -(-len(region.members) // columns) or 1
    points = []
    for number, member in enumerate(region.members):
        column, line = divmod(number, lines)
        points.append((x0 + (x1 - x0) * (column + 0.5) / columns, -HEAD - LINE * (line + 0.4), member))
    for x, y, member in points:
        drawing.write(x, y, member.text, size=11 if narrow else 13.5)
    drawing.add_choices(points)
