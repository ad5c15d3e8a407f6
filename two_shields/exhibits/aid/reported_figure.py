"""The figure of totals compared: a row per total under its measure, a stick as long as the amount."""

import textwrap
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import AID_KINDS, AID_MEASURES
from two_shields.exhibits.aid import look
from two_shields.exhibits.frame import Frame
from two_shields.record.table import tuples

#: Pixels: a row, on a phone the words above it too; a measure's heading.
ROW, NARROW_ROW, HEADING = 34, 50, 36
ABOVE, BELOW = 34, 10
SLATE = {"light": "#33475b", "dark": "#9fb4c9"}
ARTICLES = style.VERMILION
NARROW_WIDTH, MOST_ON_A_CARD = 358, 6
#: Letters that a line holds on a phone.
LONGEST = 56


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """All kinds of aid left and single kinds right; on a phone one list; hollow: known from weak sources alone."""
    told = tuples(frame.rows)
    rows, parts = ([row for row in told if row.is_part is is_part] for is_part in (False, True))
    groups = [
        ("All kinds of aid, € billion", [row for row in rows if row.kind == "total"]),
        ("Single kinds, € billion", [row for row in rows if row.kind != "total"]),
    ]
    groups = [(name, group) for name, group in groups if group]
    if not groups:
        return Drawing(theme, height=ABOVE + BELOW).figure()
    heads = [HEADING * len({row.measure for row in group}) for _, group in groups]
    numbers = [len(group) for _, group in groups]
    tall = [head + (NARROW_ROW if narrow else ROW) * number for head, number in zip(heads, numbers, strict=True)]
    if not narrow:  # beside each other they end together
        tall = [max(tall)] * len(tall)
    gap = HEADING + 14
    inner = sum(tall) + gap * (len(groups) - 1) if narrow else max(tall)
    drawing = Drawing(theme, height=round(ABOVE + BELOW + inner))
    drawing.update_layout(margin={"t": ABOVE, "b": BELOW, "l": 4, "r": 4})
    top = inner
    for place, ((name, group), height) in enumerate(zip(groups, tall, strict=True)):
        axis = str(place + 1) if place else ""
        left, right = (0.0, 1.0) if narrow or len(groups) == 1 else ((0.0, 0.48), (0.53, 1.0))[place]
        bottom = top - height if narrow else inner - height
        _panel(drawing, group, parts, axis=axis, domain=(left, right), band=(max(0.0, bottom / inner), top / inner if narrow else 1.0),
               pixels=height, each=(height - heads[place]) / numbers[place], narrow=narrow)  # fmt: skip
        look.heading(drawing, name, x=left, y=(top / inner if narrow else 1) + 8 / drawing.height)
        top = top - height - gap
    return drawing.figure()


def card(frame: Frame, theme: str = "light") -> go.Figure:
    """The totals of all kinds, or where there is none those of single kinds, as many as a card has room for."""
    wholes = frame.rows[~frame.rows["is_part"]]
    of_all = wholes[wholes["kind"] == "total"]
    shown = (of_all if len(of_all) else wholes).head(MOST_ON_A_CARD)
    parts = frame.rows[frame.rows["is_part"] & frame.rows["root"].isin(shown["mark"])]
    made = figure(replace(frame, rows=pd.concat([shown, parts])), theme, narrow=True)
    note = f"{len(shown)} of {len(wholes)} totals" if len(shown) < len(wholes) else ""
    return made.update_layout(meta={"note": note, "width": NARROW_WIDTH})


def _panel(
    drawing: Drawing, rows: list[Any], parts: list[Any], *, axis: str, domain: tuple[float, float],
    band: tuple[float, float], pixels: float, each: float, narrow: bool,
) -> None:  # fmt: skip
    most = max(row.amount_eur for row in rows) / look.BILLION
    is_total = rows[0].kind == "total"
    amounts: dict[float, Any] = {}  # each once, as the first row has it
    for row in (*rows, *parts):
        if (row.kind == "total") is is_total:
            amounts.setdefault(row.amount_eur, row)
    # Names left of the sticks, and the words right of them, take their part of the width.
    before, after = (0.04, 0.62) if narrow else (0.55, 0.62)
    drawing.update_layout(
        **{
            f"xaxis{axis}": {"domain": list(domain), "anchor": f"y{axis}", "range": [-most * before, most * (1 + after)], "showgrid": False,
                             "zeroline": False, "showticklabels": False, "fixedrange": True},
            f"yaxis{axis}": {"domain": list(band), "anchor": f"x{axis}", "range": [0, pixels], "showgrid": False, "zeroline": False,
                             "showticklabels": False, "fixedrange": True},
        }
    )  # fmt: skip

    refs = {"xref": f"x{axis}", "yref": f"y{axis}"}
    for ours in (row for row in amounts.values() if row.backing in ("article", "both")):
        value = ours.amount_eur / look.BILLION
        drawing.line(value, 0, value, pixels - HEADING + 6, ARTICLES, dash="dot", layer="below", **refs)
        drawing.write(
            domain[1], band[1] + 9 / drawing.height, f"dotted: the articles' {_billions(value)}",
            style.lettering(ARTICLES, drawing.theme), 11.5, xref="paper", yref="paper", xanchor="right", yanchor="bottom",
        )  # fmt: skip
    height = pixels
    muted = style.lettering(style.GREY, drawing.theme)

    for measure, group in groupby(rows, key=attrgetter("measure")):
        code = AID_MEASURES[measure]
        left, right, y = -most * before, most * (1 + after * 0.95), height - 27
        words = f"<b>{code.label}</b> {code.meaning}"
        drawing.write(left, height - 16, words, muted, xanchor="left", bgcolor=drawing.ground, **refs)
        drawing.line(left, y, right, y, style.faded(style.GREY, 0.4), **refs)
        height -= HEADING
        for row in group:
            own = [part for part in parts if part.root == row.mark]
            _total(drawing, row, own, height - each / 2, axis=axis, narrow=narrow)
            height -= each


def _total(drawing: Drawing, row, parts: list[Any], height: float, *, axis: str, narrow: bool) -> None:
    on, refs = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}, {"xref": f"x{axis}", "yref": f"y{axis}"}
    value = row.amount_eur / look.BILLION
    ours = row.backing in ("article", "both")
    ink = ARTICLES if ours else SLATE[drawing.theme]
    level = height - 12 if narrow else height
    drawing.line(0, level, value, level, style.faded(ink, 0.35), 3, layer="below", **refs)
    drawing.add_scatter(
        x=[value], y=[level], mode="markers", customdata=[[row.mark]], hovertext=[f"{row.heading}<br>{row.publisher}"],
        hoverinfo="text", showlegend=False,
        marker={"symbol": f"{'pentagon' if ours else 'circle'}{'-open' if row.weak else ''}", "size": 12, "color": ink, "line": {"width": 2, "color": ink}}, **on,
    )  # fmt: skip
    # A part of its total's own kind has no word of its own: its claim, on hover, says what it is.
    inside = [f"{part.amount_eur / look.BILLION:.2g} {part.kind_words}" for part in parts if part.kind != row.kind]
    if parts:
        drawing.add_scatter(
            x=[part.amount_eur / look.BILLION for part in parts], y=[level] * len(parts), mode="markers",
            customdata=[[part.mark] for part in parts],
            hovertext=[f"{part.heading}<br>{style.in_box(part.statement)}" for part in parts], hoverinfo="text", showlegend=False, marker={"symbol": "pentagon" if ours else "circle", "size": 6, "color": ink}, **on,
        )  # fmt: skip
    kind = "" if row.kind == "total" else f" {AID_KINDS[row.kind].label}"
    sign = f" {style.DISPUTED}" if row.disputed else ""
    colour = style.lettering(ARTICLES, drawing.theme) if ours else drawing.text
    amount = f"<b>{_billions(value)}</b>{kind} {row.until}{sign}"
    remark = row.remark or (f"of it {', '.join(inside)}" if inside else "")
    remark = remark if len(remark) <= 40 else remark[:39] + "…"
    # On the page's ground, as the articles' dotted line runs through all rows.
    behind = {"xanchor": "left", "bgcolor": drawing.ground, "borderpad": 0}
    if narrow:
        taken = len(row.who) + len(_billions(value)) + len(kind) + len(row.until) + len(sign) + 3
        between, up = ("<br>", 13) if taken > LONGEST else (" ", 6)
        words = f"{_short(row.who, LONGEST)}:{between}{amount}"
        drawing.write(0, height + up, words, colour, align="left", **behind, **refs)
        return
    who = "<br>".join(textwrap.wrap(row.who, 22, max_lines=2, placeholder="…"))
    drawing.write(0, height, who, colour, xanchor="right", xshift=-8, align="right", **refs)
    drawing.write(value, height + (7 if remark else 0), amount, colour, xshift=10, **behind, **refs)
    if remark:
        grey = style.lettering(style.GREY, drawing.theme)
        drawing.write(value, height - 8, remark, grey, 11, xshift=10, **behind, **refs)


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _billions(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2g}"
