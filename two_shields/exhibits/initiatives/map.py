"""The map of Europe: who is in which camp, in both, says it will join, or receives."""

import textwrap

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts.europe_map import Form, Place, draw_map
from two_shields.charts.palette import FILLS, WORDS
from two_shields.charts.style import DISPUTED, Drawing
from two_shields.contract import geometry
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.initiatives.places import KEY, camps_frame, counts_sentence, hover, places
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import InitiativesView
from two_shields.text import phrases

WIDE, NARROW = Form(1160, 520, -4255, 12, 7), Form(358, 306, -1740, 10, 5)
#: Beside the words of a card: the same names as on a narrow map, in letters that read at half its size.
CARD = Form(712, 538, -1950, 17, 8)
#: Names that a narrow map has room for, beside those of states in both camps.
_LARGE = frozenset({"NOR", "SWE", "FIN", "GBR", "DEU", "FRA", "ESP", "ITA", "POL", "TUR", "UKR"})
_BOLD = frozenset({"DEU", "FRA", "UKR"})
_KEY_LINE = 24
ON_PAPER = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"}


def frame(record: Record, view: InitiativesView) -> Frame:
    """A row per country that the record places, or that receives; the rest of the map is in no row."""
    rows = places(record, view)
    rows = rows[rows["iso3"].isin(geometry.europe().mapped)]
    # What stands outside the map's frame is not lost: the other views have it.
    chosen = rows[rows["chosen"]]
    shown = chosen[(chosen["fill"] != "unknown") | bool(view.country)]
    unknown = int((rows["fill"] == "unknown").sum())
    counts = counts_sentence(chosen), f"No row in the record: {unknown}."
    return camps_frame(record, view, "initiatives-map", "Map of Europe", rows, shown, *counts)


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """The map with its key: in the Atlantic where there is room, above the land where there is not."""
    form = NARROW if narrow else WIDE
    groups = key_of(frame.rows)
    if narrow and frame.rows["moves"].any():
        groups.append(("", f"{DISPUTED} sources disagree", ""))
    above = _KEY_LINE * -(-len(groups) // 2) + 4 if narrow else 0
    drawing = Drawing(theme, height=form.height + above)
    draw_map(drawing, places_of(frame, narrow=narrow), form)
    if narrow:
        drawing.update_layout(margin={"t": above})
        _key_above(drawing, groups, above)
    else:
        _key_beside(drawing, groups, has_disputed=frame.rows["moves"].any())
    return drawing.figure()


def card(frame: Frame, theme: str = "light") -> go.Figure:
    drawing = Drawing(theme, height=CARD.height)
    draw_map(drawing, places_of(frame, narrow=True), CARD)
    y = 0.985
    for fill, words, _ in key_of(frame.rows)[:3]:
        drawing.write(0, y, words, size=18, xshift=40, **ON_PAPER)
        swatch(drawing, fill, 2, y, 30, 20)
        y -= 28 / drawing.height
    return drawing.figure()


def places_of(frame: Frame, *, narrow: bool = False, short: bool = False) -> list[Place]:
    """The frame's rows as places on a map; `narrow` names the large countries and those in both camps alone."""
    return [
        Place(
            row.iso3, row.fill, row.lat, row.lon, _label(row, narrow, short or narrow), row.mark, hover(row),
            row.fill == "both" or row.iso3 in _BOLD,
        )
        for row in tuples(frame.rows)
    ]  # fmt: skip


def _label(row, narrow: bool, short: bool) -> str:
    if narrow and row.fill != "both" and row.iso3 not in _LARGE:
        return ""
    name = row.country if row.iso3 != "GBR" else "UK" if short else "United<br>Kingdom"
    return f"{name} {DISPUTED}" if row.moves else name


def key_of(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """The fills that the map has, in order: the fill, its count and name, and a word of help."""
    found, rows = [], rows[["fill", "country", "key_name", "key_about"]]
    for fill in KEY:
        members = rows[rows["fill"] == fill]
        if members.empty:
            continue
        name, about = members[["key_name", "key_about"]].iloc[0]
        names = phrases.join(list(members["country"]))
        words = names if fill in ("both", "will_join") else about
        found.append((fill, f"<b>{len(members)}</b> {name}" if fill != "receives" else f"<b>{names}</b> {name}", words))
    return [*found, ("unknown", "no row in the record", KEY["unknown"][1])]


def _key_beside(drawing: Drawing, groups: list[tuple[str, str, str]], *, has_disputed: bool) -> None:
    y = 0.97
    for fill, words, about in groups:
        lines = textwrap.wrap(about, 34)
        text = "<br>".join([f"<span style='font-size:15px'>{words}</span>", *lines])
        ink = WORDS[drawing.theme]["grey" if fill == "unknown" else "text"]
        drawing.write(0, y, text, ink, xshift=42, align="left", **ON_PAPER)
        swatch(drawing, fill, 4, y, 30, 22)
        y -= (40 + 16 * len(lines)) / drawing.height
    if has_disputed:
        drawing.write(0, y, f"<b>{DISPUTED}</b>", size=15, xshift=13, **ON_PAPER)
        drawing.write(0, y, "sources disagree", WORDS[drawing.theme]["grey"], 15, xshift=42, **ON_PAPER)


def _key_above(drawing: Drawing, groups: list[tuple[str, str, str]], above: int) -> None:
    for number, (fill, words, _) in enumerate(groups):
        line, column = divmod(number, 2)
        shift = above - _KEY_LINE * line
        drawing.write(0.5 * column, 1, words, size=11, xshift=28 if fill else 10, yshift=shift, **ON_PAPER)
        if fill:
            swatch(drawing, fill, 2, 1, 20, 14, x=0.5 * column, shift=shift - 2)


def swatch(
    drawing: Drawing, fill: str, left: int, y: float, width: int, height: int, *, x: float = 0, shift: int = 0
) -> None:
    """A little land of that fill. Shapes have no patterns: its lines are drawn one by one."""
    look = FILLS[drawing.theme][fill]
    place = {"xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": x, "yanchor": y}
    top = shift
    drawing.add_shape(
        type="rect", x0=left, x1=left + width, y0=top, y1=top - height, fillcolor=look.ground,
        line={"color": look.outline, "width": 1}, **place,
    )  # fmt: skip
    if look.pattern == "/":
        for begin in range(left, left + width - height // 2, 7):
            drawing.add_shape(
                type="line", x0=begin, x1=min(begin + height, left + width), y0=top - height,
                y1=top - height + min(height, left + width - begin), line={"color": look.lines, "width": 2}, **place,
            )  # fmt: skip
    elif look.pattern == ".":
        for across in range(left + 4, left + width - 2, 6):
            for drop in range(4, height - 2, 6):
                drawing.add_shape(
                    type="circle", x0=across, x1=across + 2, y0=top - drop, y1=top - drop - 2, fillcolor=look.lines,
                    line={"width": 0}, **place,
                )  # fmt: skip


EXHIBIT = Exhibit("initiatives-map", InitiativesView, view="map", frame=frame, panels=(figure,), card=card)
