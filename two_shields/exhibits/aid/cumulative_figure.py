"""The figure of aid over time: lines on two scales, or areas on top of each other, named at their ends."""

from collections import namedtuple
from collections.abc import Container, Sequence
from dataclasses import dataclass
from math import nan
from statistics import median

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.palette import CAMP_SYMBOL, Fill
from two_shields.charts.style import Drawing, unseen
from two_shields.exhibits.aid import look, spans
from two_shields.exhibits.aid.look import Label
from two_shields.exhibits.frame import Frame
from two_shields.record.table import tuples
from two_shields.text import phrases

WIDE, NARROW, CARD, CARD_WIDTH = 470, 330, 360, 540
#: Around the panels, in pixels.
ABOVE, BELOW, BETWEEN = 34, 34, 62
#: Room on paper for the words at the ends of lines: on a wide screen, on a phone.
REACH = {False: 0.012, True: 0.03}
SHORT = {
    "United Kingdom": "UK",
    "European states in neither": "In neither",
    "French-led track only": "French-led only",
}
#: Days after the last month at which the whole stands, by the days that the drawing spans.
STEP = 0.035

#: What is drawn of a row, as plain values: to cut a table into lines took ten times as long as all the rest.
Point = namedtuple("Point", "series panel code name camp sign weight measured end value amount_eur mark heading")


@dataclass(frozen=True)
class Panel:
    """Where a panel stands: the number of its axes, its edges on paper, its height in pixels."""

    axis: str
    left: float
    right: float
    bottom: float
    top: float
    pixels: float
    narrow: bool

    @property
    def on(self) -> dict[str, str]:
        return {"xaxis": f"x{self.axis}", "yaxis": f"y{self.axis}"}


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False, height: int = WIDE) -> go.Figure:
    """Lines or areas from the rows `line`, with a dotted end to those of `whole`; totals over periods without any."""
    rows = frame.rows
    if not rows["series"].isin(["line"]).any():
        return spans.figure(frame, theme)
    points = tuples(rows, Point)
    is_brief = height != WIDE  # on the Overview: the first panel, with little room
    inside = {name: [point for point in points if point.panel == name] for name in ("left", "right")}
    panels = [shown for shown in inside.values() if shown][: 1 if is_brief else 2]
    each = NARROW if narrow and not is_brief else height - ABOVE - BELOW
    narrow = narrow or is_brief
    tall = ABOVE + BELOW + each * len(panels) + (BETWEEN * (len(panels) - 1)) if narrow else height
    drawing = Drawing(theme, height=tall)
    drawing.update_layout(margin={"l": 8, "r": 4, "t": ABOVE, "b": BELOW})
    places = _panels(len(panels), each, tall, narrow=narrow, right=0.74 if height == CARD else 0.6)
    for shown, panel in zip(panels, places, strict=True):
        if any(point.series == "economy" for point in shown):
            _economies(drawing, shown, panel)
        else:
            _lines(drawing, shown, panel, headed=len(panels) > 1)
    return drawing.figure()


def card(frame: Frame, theme: str = "light") -> go.Figure:
    note = "The first of two charts" if "panel" in frame.rows and (frame.rows["panel"] == "right").any() else ""
    made = figure(frame, theme, narrow=True, height=CARD)
    return made.update_layout(meta={"note": note, "width": CARD_WIDTH})


def _panels(number: int, each: float, tall: float, *, narrow: bool, right: float) -> list[Panel]:
    inner = tall - ABOVE - BELOW
    if narrow:
        steps = [inner - place * (each + BETWEEN) for place in range(number)]
        return [
            Panel(str(place + 1) if place else "", 0, right, (top - each) / inner, top / inner, each, narrow=True)
            for place, top in enumerate(steps)
        ]
    if number == 1:
        return [Panel("", 0, 0.84, 0, 1, each, narrow=False)]
    return [Panel("", 0, 0.42, 0, 1, each, narrow=False), Panel("2", 0.58, 0.875, 0, 1, each, narrow=False)]


def _axes(drawing: Drawing, panel: Panel, xaxis: dict, yaxis: dict) -> None:
    base = {"fixedrange": True, "tickfont": {"color": drawing.text, "size": 12}}
    drawing.update_layout(
        **{
            f"xaxis{panel.axis}": base | {"anchor": f"y{panel.axis}", "domain": [panel.left, panel.right]} | xaxis,
            f"yaxis{panel.axis}": base | {"anchor": f"x{panel.axis}", "domain": [panel.bottom, panel.top]} | yaxis,
        }
    )


def _lines(drawing: Drawing, points: Sequence[Point], panel: Panel, *, headed: bool) -> None:
    lines: dict[str, list[Point]] = {}
    for point in points:
        if point.series == "line":
            lines.setdefault(point.code, []).append(point)
    wholes = {point.code: point for point in points if point.series == "whole"}
    loans = [(lines[loan.code][0].name, loan) for loan in points if loan.series == "loan" and loan.code in lines]
    per_gdp = points[0].measured == "gdp"
    is_camps = not lines.keys().isdisjoint(("german_led", "french_led", "both"))
    stacked = set() if per_gdp else lines.keys() & (look.STACKED if is_camps else look.KIND_COLOUR["light"].keys())
    months = sorted({point.end for line in lines.values() for point in line})
    begins, ends = pd.Timestamp(months[0]).replace(day=1), pd.Timestamp(months[-1])
    beyond = ends + (ends - begins) * STEP if wholes else ends
    on = panel.on
    base = [0.0] * len(months)
    labels: list[Label] = []
    top = 0.0
    for code, line in sorted(lines.items(), key=lambda item: item[1][0].weight == "named"):
        whole, last = wholes.get(code), line[-1]
        if code in stacked:
            values, now, lower = {point.end: point.value for point in line}, 0.0, base
            base = [below + (now := values.get(month, now)) for below, month in zip(lower, months, strict=True)]
            _area(drawing, code, [*months, *months[::-1]], [*base, *lower[::-1]], on)
            above = dict(zip(months, base, strict=True))
            line = [point._replace(value=above[point.end]) for point in line]
        _line(drawing, line, whole, beyond, stacked=code in stacked, on=on)
        end = line[-1].value
        final = whole.value if whole and code not in stacked else end
        top = max(top, final, *(point.value for point in line))
        if last.weight == "named":
            height = final if code not in stacked else end - last.value / 2
            if code in stacked and whole:
                _unseen(drawing, beyond, height, whole.mark, whole.heading, on)
            is_dotted = whole and not per_gdp and (code in ("europe", "together") or len(lines) == 1)
            undated = (whole.amount_eur - last.amount_eur) / look.BILLION if is_dotted else 0.0
            labels.append(_label(drawing, whole or last, height, undated, per_gdp=per_gdp, panel=panel))
    _loans(drawing, loans, beyond, labels, on)
    rest = [(wholes.get(code) or line[-1]).value for code, line in lines.items() if line[0].weight == "rest"]
    if rest:
        text = f"{len(rest)} others, up to {max(rest):.1f}{' %' if per_gdp else ''}"
        labels.append(Label(median(rest), text, look.words(style.GREY, drawing.theme)))
    top = (top or 1.0) * 1.06
    look.label_ends(
        drawing, labels, axis=panel.axis, edge=panel.right, pixels=panel.pixels, top=top, reach=REACH[panel.narrow]
    )
    years = [pd.Timestamp(year=year, month=1, day=1) for year in range(begins.year, ends.year + 2)]
    if begins.year == ends.year:
        ticks = {"tickformat": "%b", "dtick": "M2" if panel.narrow else "M1"}
    else:
        shown = [day for day in years if begins <= day + pd.Timedelta(days=200) and day <= ends]
        ticks = {"tickvals": [max(day, begins) for day in shown], "ticktext": [str(day.year) for day in shown]}
    _axes(
        drawing, panel,
        {"type": "date", "range": [begins, beyond], "showgrid": False, **ticks},
        {"gridcolor": style.GRID, "zeroline": True, "zerolinecolor": style.GRID}
        | look.amount_axis(top, " % of GDP" if per_gdp else "bn"),
    )  # fmt: skip
    if headed:
        look.heading(drawing, _heading(lines, panel), x=panel.left, y=panel.top + 8 / drawing.height)


def _heading(codes: Container[str], panel: Panel) -> str:
    if panel.axis:
        return "European states, on a scale of their own"
    if "german_led" in codes:
        return "How much"
    return "Europe, US, EU institutions" if panel.narrow else "Europe, the United States and the EU's institutions"


def _label(drawing: Drawing, point: Point, height: float, undated: float, *, per_gdp: bool, panel: Panel) -> Label:
    ink = look.colour(point.code, point.camp, drawing.theme)
    ink = drawing.text if point.code in look.KIND_COLOUR[drawing.theme] else look.words(ink, drawing.theme)
    amount = f"{point.value:.2f} %" if per_gdp else f"{point.amount_eur / look.BILLION:.1f}"
    if not per_gdp and not panel.axis:
        amount = phrases.euros(point.amount_eur, short=True)
    name = SHORT.get(point.name, point.name)
    sign = f"{point.sign} " if point.sign else ""
    parts = "<br>" if panel.narrow and not panel.axis else " "
    text = f"{sign}<b>{name}</b>{parts}{amount}"
    if undated:
        text += f"<br><span style='font-size:11px'>dotted: €{undated:.1f} bn,<br>no month</span>"
    return Label(height, text, ink, 1 + text.count("<br>"))


def _line(
    drawing: Drawing, line: Sequence[Point], whole: Point | None, beyond: pd.Timestamp, *, stacked: bool, on: dict
) -> None:
    first, last = line[0], line[-1]
    is_rest = first.weight == "rest"
    ink = look.colour(first.code, first.camp, drawing.theme)
    if stacked and first.code in look.STACKED:
        ink = look.area(first.code, drawing.theme).outline
    width = {"europe": 3.5, "USA": 3.0, "EUU": 2.0}.get(first.code, 1.0 if is_rest else 2.2)
    if stacked:
        width = 1.0
    shown = style.faded(style.GREY, 0.35) if is_rest else ink
    drawing.add_scatter(
        x=[point.end for point in line], y=np.round([point.value for point in line], 3), mode="lines+markers",
        line={"color": shown, "width": width}, marker=unseen(9), customdata=[[point.mark] for point in line],
        hovertext=[point.heading for point in line], hoverinfo="text", showlegend=False, **on,
    )  # fmt: skip
    if not is_rest:  # from nothing, at the beginning of its first month
        start = pd.Timestamp(first.end).replace(day=1)
        drawing.add_scatter(
            x=[start, first.end], y=[first.value if stacked else 0, first.value], mode="lines",
            line={"color": shown, "width": width}, hoverinfo="skip", showlegend=False, **on,
        )  # fmt: skip
    if whole and not stacked:
        drawing.add_scatter(
            x=[last.end, beyond], y=[last.value, whole.value], mode="lines", showlegend=False, hoverinfo="skip",
            line={"color": shown, "width": width, "dash": "dot"}, **on,
        )  # fmt: skip
        _unseen(drawing, beyond, whole.value, whole.mark, whole.heading, on)


def _unseen(drawing: Drawing, x: pd.Timestamp, y: float, mark: str, heading: str, on: dict) -> None:
    """A mark that can be chosen where words or a line already show it."""
    drawing.add_scatter(
        x=[x], y=[y], mode="markers", marker=unseen(16), customdata=[[mark]], hovertext=[heading], hoverinfo="text",
        showlegend=False, **on,
    )  # fmt: skip


def _loans(
    drawing: Drawing, loans: Sequence[tuple[str, Point]], beyond: pd.Timestamp, labels: list[Label], on: dict
) -> None:
    """What is still to be lent: words at the end of the line of who lends it, and an unseen mark for its evidence."""
    for name, loan in loans:
        place = next((n for n, label in enumerate(labels) if f">{name}<" in label.text), None)
        if place is None:
            continue
        label = labels[place]
        more = f"<br><span style='font-size:11px'>+ {phrases.euros(loan.amount_eur, short=True)} loan</span>"
        labels[place] = label._replace(text=label.text + more, lines=label.lines + 1)
        _unseen(drawing, beyond, label.height, loan.mark, loan.heading, on)


def _area(drawing: Drawing, code: str, x: list[str], y: list[float], on: dict) -> None:
    fill = look.area(code, drawing.theme) if code in look.STACKED else Fill(look.KIND_COLOUR[drawing.theme][code], "")
    drawing.add_scatter(
        x=x, y=y, mode="lines", line={"width": 0}, fill="toself", fillcolor=fill.ground, hoverinfo="skip", showlegend=False,
        fillpattern=fill.tile(size=7), **on,
    )  # fmt: skip


def _economies(drawing: Drawing, points: Sequence[Point], panel: Panel) -> None:
    """Each camp's share of its states' economies as a bar, its states as marks below it."""
    bars = [point for point in points if point.series == "economy"]
    on, refs = panel.on, {"xref": f"x{panel.axis}", "yref": f"y{panel.axis}"}
    top = max((point.value for point in points if point.value == point.value), default=nan) * 1.12
    for place, bar in enumerate(bars):
        height = len(bars) - place
        fill = look.area(bar.code, drawing.theme)
        drawing.add_bar(
            x=[bar.value], y=[height], width=0.3, orientation="h", customdata=[[bar.mark]], hovertext=[bar.heading],
            hoverinfo="text", showlegend=False,
            marker={"color": fill.ground, "pattern": fill.tile(size=7), "line": {"width": 1, "color": fill.outline}}, **on,
        )  # fmt: skip
        ink = look.words(look.CAMP_COLOUR[bar.code], drawing.theme)
        text = f"{bar.sign} <b>{bar.name}</b> {bar.value:.2f} %"
        drawing.write(0, height + 0.17, text, ink, 12.5, xanchor="left", yanchor="bottom", **refs)
        states = [point for point in points if point.series == "state" and point.camp == bar.code]
        states.sort(key=lambda state: (state.value != state.value, state.value))  # those without a GDP last
        drawing.add_scatter(
            x=[state.value for state in states], y=[height - 0.25] * len(states), mode="markers",
            customdata=[[state.mark] for state in states], hovertext=[state.heading for state in states],
            hoverinfo="text", showlegend=False, cliponaxis=False,
            marker={"symbol": CAMP_SYMBOL.get(bar.code, "circle-open"), "size": 9,
                    "color": style.faded(look.CAMP_COLOUR[bar.code], 0.75)}, **on,
        )  # fmt: skip
        for state, anchor in _named(states):
            name = SHORT.get(state.name, state.name)
            drawing.write(state.value, height - 0.31, name, size=11.5, yanchor="top", xanchor=anchor, **refs)
    _axes(
        drawing, panel,
        {"range": [0, top], "dtick": 1, "ticksuffix": " %", "gridcolor": style.GRID, "showgrid": True, "zeroline": False, "domain": [panel.left, 0.99 if not panel.narrow else 0.97]},
        {"range": [0.4, len(bars) + 0.55], "showticklabels": False, "showgrid": False, "zeroline": False},
    )  # fmt: skip
    words = "Share of their GDP" + ("" if panel.narrow else "; small marks: each state")
    look.heading(drawing, words, x=panel.left, y=panel.top + 8 / drawing.height)


def _named(states: Sequence[Point]) -> list[tuple[Point, str]]:
    if not states:
        return []
    low, high = states[0], states[-1]
    if len(states) == 1 or high.value - low.value < 0.35:
        return [(high, "left" if high.value < 0.5 else "center")]
    return [(low, "left" if low.value < 0.2 else "center"), (high, "center")]
