"""The look of aid: a colour for each donor, group and kind; labels at lines' ends that do not meet."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from two_shields.charts import style
from two_shields.charts.palette import FILLS, MARKS, Fill
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

#: Camps' areas beside those of the map: states in neither, and the EU's institutions.
_AREAS: Mapping[str, Mapping[str, Fill]] = {
    "light": {
        "neither": Fill("#e3e6ea", style.GREY, ".", "#b9c0c8", 0.15),
        "EUU": Fill("#cfe9df", style.GREEN),
    },
    "dark": {
        "neither": Fill("#2b323b", style.GREY, ".", "#5b6570", 0.15),
        "EUU": Fill("#17453a", style.GREEN),
    },
}
#: The groups that are areas, where they stand on top of each other.
STACKED = frozenset({"german_led", "both", "french_led", "neither", "EUU"})


def area(code: str, theme: str) -> Fill:
    return _AREAS[theme].get(code) or FILLS[theme][code]


def colour(code: str, camp: str, theme: str) -> str:
    """Europe's is the text's; a state's is its camp's; a kind's its slate."""
    if code in KIND_COLOUR[theme]:
        return KIND_COLOUR[theme][code]
    return style.TEXT[theme] if code in ("europe", "together") else CAMP_COLOUR.get(camp, style.GREY)


def words(colour_of: str, theme: str) -> str:
    return style.lettering(colour_of, theme) if colour_of != style.TEXT[theme] else colour_of


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
    places = spread([label.height for label in labels], [line * label.lines for label in labels], 0.0)
    for label, place in zip(labels, places, strict=True):
        on = {"xref": "paper", "yref": f"y{axis}"}
        beside = {"xanchor": "left", "yanchor": "middle", "align": "left"}
        drawing.write(edge + reach, place, label.text, label.colour, **on, **beside)
        drawing.line(edge + 0.1 * reach, label.height, edge + 0.85 * reach, place, style.faded(style.GREY, 0.7), **on)


def amount_axis(top: float, unit: str, *, most: int = 5) -> dict[str, Any]:
    """An axis from 0 to the top, with its unit at the highest tick alone."""
    ticks = round_ticks(top, most)
    texts = [f"{tick:g}" for tick in ticks]
    texts[-1] = f"€{texts[-1]} bn" if unit == "bn" else f"{texts[-1]}{unit}"
    return {"range": [0, top], "tickvals": ticks, "ticktext": texts}


def heading(drawing: Drawing, text: str, *, x: float, y: float) -> None:
    drawing.write(x, y, f"<b>{text}</b>", size=14, xref="paper", yref="paper", xanchor="left", yanchor="bottom")


def spread(heights: Sequence[float], sizes: Sequence[float], lowest: float = -math.inf) -> list[float]:
    """Middles for labels of these sizes, as near to the heights as they can be without touching, none below the lowest."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    # Labels that touch stand together, around the middle of where they want to be.
    groups: list[tuple[float, list[int]]] = []
    for place in order:
        bottom, held = heights[place] - sizes[place] / 2, [place]
        while groups and groups[-1][0] + sum(sizes[one] for one in groups[-1][1]) > bottom:
            held = [*groups.pop()[1], *held]
            stacked = [sum(sizes[one] for one in held[:step]) + sizes[held[step]] / 2 for step in range(len(held))]
            bottom = sum(heights[one] - above for one, above in zip(held, stacked, strict=True)) / len(held)
        groups.append((max(bottom, lowest), held))
    moved, floor = list(heights), -math.inf
    for bottom, held in groups:
        floor = max(floor, bottom)
        for place in held:
            moved[place] = floor + sizes[place] / 2
            floor += sizes[place]
    return moved


def round_ticks(top: float, most: int = 5) -> list[float]:
    if top <= 0:
        return [0.0]
    step = 10 ** math.floor(math.log10(top / most))
    step *= next(factor for factor in (1, 2, 5, 10) if top / (step * factor) <= most)
    return [step * place for place in range(int(top / step + 1e-9) + 1)]
