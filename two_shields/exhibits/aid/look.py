"""The look of aid: a colour for each donor, group and kind; labels at lines' ends that do not meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from two_shields.charts import placing, style
from two_shields.charts.palette import FILLS, MARKS
from two_shields.charts.style import Drawing

BILLION = 1e9
#: How far two lines of text of 12 pixels stay apart.
LINE = 17
#: Kinds are dark, middle and light slate; in the dark theme all of them lighter.
KIND_COLOUR: Mapping[str, Mapping[str, str]] = {
    "light": {"military": "#33475b", "financial": "#8fa3b5", "humanitarian": "#cfd8e0"},
    "dark": {"military": "#64819f", "financial": "#a3b5c6", "humanitarian": "#dde4ea"},
}
CAMP_COLOUR: Mapping[str, str] = {
    **{camp: MARKS["light"][camp] for camp in ("both", "german_led", "french_led", "neither")},
    "EUU": style.GREEN,
    "USA": style.VERMILION,
    "others": style.GREY,
}


class Area(NamedTuple):
    """How a camp's area is filled: its ground, its lines, how much of the ground they cover, its outline."""

    ground: str
    lines: str
    solidity: float
    outline: str


AREA: Mapping[str, Area] = {
    **{
        camp: Area(fill.ground, fill.lines, fill.solidity, fill.outline)
        for camp in ("german_led", "both", "french_led")
        if (fill := FILLS["light"][camp])
    },
    "neither": Area("#e3e6ea", "#b9c0c8", 0.15, style.GREY),
    "EUU": Area("#cfe9df", "", 0.0, style.GREEN),
}


def colour(code: str, camp: str, theme: str) -> str:
    """Europe's is the text's; a state's is its camp's; a kind's its slate."""
    if code in KIND_COLOUR[theme]:
        return KIND_COLOUR[theme][code]
    return style.TEXT[theme] if code in ("europe", "together") else CAMP_COLOUR.get(camp, style.GREY)


def words(colour_of: str, theme: str) -> str:
    """The colour for words beside a mark of that colour."""
    return style.lettering(colour_of, theme) if colour_of != style.TEXT[theme] else colour_of


def pattern(camp: str) -> dict[str, Any]:
    """A pattern of Plotly for an area or bar of a camp; none where the camp is plain."""
    area = AREA[camp]
    if not area.lines:
        return {}
    return {
        "shape": "." if camp == "neither" else "/",
        "fgcolor": area.lines,
        "bgcolor": area.ground,
        "size": 7,
        "solidity": area.solidity,
    }


class Label(NamedTuple):
    """Words at the end of a line: where it ends, what they say, their colour, how many lines of text they take."""

    height: float
    text: str
    colour: str
    lines: int = 1


def label_ends(
    drawing: Drawing, labels: Iterable[Label], *, axis: str, edge: float, pixels: float, top: float, reach: float
) -> None:
    """Labels right of a panel, moved apart, each with a thin line to its own where it had to move.

    `axis` is the panel's number (blank for the first), `edge` where it ends on paper, `pixels` its height, `top` the
    value at its top, `reach` the share of the paper between the panel and the words.
    """
    labels = list(labels)
    line = top * LINE / pixels
    places = placing.spread([label.height for label in labels], [line * label.lines for label in labels], 0.0)
    for label, place in zip(labels, places, strict=True):
        on = {"xref": "paper", "yref": f"y{axis}"}
        beside = {"xanchor": "left", "yanchor": "middle", "align": "left"}
        drawing.write(edge + reach, place, label.text, label.colour, **on, **beside)
        drawing.line(edge + 0.1 * reach, label.height, edge + 0.85 * reach, place, style.faded(style.GREY, 0.7), **on)


def amount_axis(top: float, unit: str, *, most: int = 5) -> dict[str, Any]:
    """An axis from 0 to the top, with its unit at the highest tick alone."""
    ticks = placing.round_ticks(top, most)
    texts = [f"{tick:g}" for tick in ticks]
    texts[-1] = f"€{texts[-1]} bn" if unit == "bn" else f"{texts[-1]}{unit}"
    return {"range": [0, top], "tickvals": ticks, "ticktext": texts}


def heading(drawing: Drawing, text: str, *, x: float, y: float) -> None:
    """A panel's own title."""
    drawing.write(x, y, f"<b>{text}</b>", size=14, xref="paper", yref="paper", xanchor="left", yanchor="bottom")
