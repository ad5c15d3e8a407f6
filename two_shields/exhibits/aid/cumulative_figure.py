"""The figure of aid over time: lines on two scales, or areas on top of each other, named at their ends."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.palette import CAMP_SYMBOL, Fill
from two_shields.charts.style import Drawing, unseen
from two_shields.exhibits.aid import look, spans
from two_shields.exhibits.aid.look import Label
from two_shields.exhibits.frame import Frame
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

_DRAWN = [
    "series", "code", "name", "camp", "sign", "weight", "measured", "end", "value", "amount_eur", "mark", "heading",
]  # fmt: skip


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
    is_brief = height != WIDE  # on the Overview: the first panel, with little room
    panels = [name for name in ("left", "right") if (rows["panel"] == name).any()][: 1 if is_brief else 2]
    each = NARROW if narrow and not is_brief else height - ABOVE - BELOW
    narrow = narrow or is_brief
    tall = ABOVE + BELOW + each * len(panels) + (BETWEEN * (len(panels) - 1)) if narrow else height
    drawing = Drawing(theme, height=tall)
    drawing.update_layout(margin={"l": 8, "r": 4, "t": ABOVE, "b": BELOW})
    for name, panel in zip(
        panels, _panels(len(panels), each, tall, narrow=narrow, right=0.74 if height == CARD else 0.6), strict=True
    ):
        inside = rows[rows["panel"] == name]
        if inside["series"].isin(["economy"]).any():
            _economies(drawing, inside[inside["series"].isin(["economy", "state"])], panel)
        else:
            _lines(drawing, inside, panel, headed=len(panels) > 1)
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


def _lines(drawing: Drawing, rows: pd.DataFrame, panel: Panel, *, headed: bool) -> None:
    points = rows.loc[rows["series"].isin(["line", "whole"]), _DRAWN]  # pandas cuts few columns faster than all
    is_camps = points["code"].isin(["german_led", "french_led", "both"]).any()
    is_kinds = points["code"].isin(look.KIND_COLOUR["light"]).any()
    areas = look.STACKED if is_camps else set(look.KIND_COLOUR["light"]) if is_kinds else set()
    stacked = areas & set(points["code"])
    per_gdp = points["measured"].iloc[0] == "gdp"
    if per_gdp:
        stacked = set()
    days = sorted(points["end"])
    begins, ends = pd.Timestamp(days[0]).replace(day=1), pd.Timestamp(days[-1])
    beyond = ends + (ends - begins) * STEP if (points["series"] == "whole").any() else ends
    on = panel.on
    base: pd.Series | None = None
    labels: list[Label] = []
    top = 0.0
    months = pd.Index(sorted(points.loc[points["series"] == "line", "end"].unique()))
    order = sorted(points["code"].unique(), key=list(dict.fromkeys(points["code"])).index)
    for code in sorted(order, key=lambda code: points.loc[points["code"] == code, "weight"].iloc[0] == "named"):
        own = points[points["code"] == code]
        line, whole = own[own["series"] == "line"], own[own["series"] == "whole"]
        values = line.set_index("end")["value"]
        if code in stacked:
            own_values = values.reindex(months).ffill().fillna(0.0)
            lower = base if base is not None else own_values * 0
            base = lower + own_values
            _area(drawing, code, lower, base, on)
            values, line = base.reindex(line["end"]), line.assign(value=base.reindex(line["end"]).to_numpy())
        _line(drawing, line, whole, beyond, stacked=code in stacked, on=on)
        first = line.iloc[0]
        end = float(line["value"].iloc[-1])
        final = float(whole["value"].iloc[0]) if len(whole) and code not in stacked else end
        top = max(top, final, float(line["value"].max()))
        if first["weight"] == "named":
            height = final if code not in stacked else end - float(own["value"].iloc[len(line) - 1]) / 2
            if code in stacked and len(whole):
                _unseen(drawing, beyond, height, whole.iloc[0], on)
            is_dotted = len(whole) and not per_gdp and (code in ("europe", "together") or points["code"].nunique() == 1)
            undated = (whole["amount_eur"].iloc[0] - line["amount_eur"].iloc[-1]) / look.BILLION if is_dotted else 0.0
            labels.append(_label(drawing, own.iloc[-1], height, undated, per_gdp=per_gdp, panel=panel))
    _loans(drawing, rows, points, beyond, labels, on)
    rest = points[points["weight"] == "rest"].drop_duplicates("code", keep="last")
    if len(rest):
        most = rest["value"].max()
        unit = " %" if per_gdp else ""
        text = f"{len(rest)} others, up to {most:.1f}{unit}"
        labels.append(Label(float(rest["value"].median()), text, look.words(style.GREY, drawing.theme)))
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
        text = "European states, on a scale of their own" if panel.axis else _left_heading(points, panel)
        look.heading(drawing, text, x=panel.left, y=panel.top + 8 / drawing.height)


def _left_heading(points: pd.DataFrame, panel: Panel) -> str:
    if points["code"].isin(["german_led"]).any():
        return "How much"
    return "Europe, US, EU institutions" if panel.narrow else "Europe, the United States and the EU's institutions"


def _label(drawing: Drawing, row: pd.Series, height: float, undated: float, *, per_gdp: bool, panel: Panel) -> Label:
    ink = look.colour(row["code"], row["camp"], drawing.theme)
    ink = drawing.text if row["code"] in look.KIND_COLOUR[drawing.theme] else look.words(ink, drawing.theme)
    amount = f"{row['value']:.2f} %" if per_gdp else f"{row['amount_eur'] / look.BILLION:.1f}"
    if not per_gdp and not panel.axis:
        amount = phrases.euros(row["amount_eur"], short=True)
    name = SHORT.get(row["name"], row["name"])
    sign = f"{row['sign']} " if row["sign"] else ""
    parts = "<br>" if panel.narrow and not panel.axis else " "
    text = f"{sign}<b>{name}</b>{parts}{amount}"
    if undated:
        text += f"<br><span style='font-size:11px'>dotted: €{undated:.1f} bn,<br>no month</span>"
    return Label(height, text, ink, 1 + text.count("<br>"))


def _line(
    drawing: Drawing, line: pd.DataFrame, whole: pd.DataFrame, beyond: pd.Timestamp, *, stacked: bool, on: dict
) -> None:
    first = line.iloc[0]
    is_rest = first["weight"] == "rest"
    ink = look.colour(first["code"], first["camp"], drawing.theme)
    if stacked and first["code"] in look.STACKED:
        ink = look.area(first["code"], drawing.theme).outline
    width = {"europe": 3.5, "USA": 3.0, "EUU": 2.0}.get(first["code"], 1.0 if is_rest else 2.2)
    if stacked:
        width = 1.0
    shown = style.faded(style.GREY, 0.35) if is_rest else ink
    drawing.add_scatter(
        x=line["end"], y=line["value"].round(3).tolist(), mode="lines+markers", line={"color": shown, "width": width},
        marker=unseen(9), customdata=line["mark"].to_numpy()[:, None], hovertext=line["heading"],
        hoverinfo="text", showlegend=False, **on,
    )  # fmt: skip
    start = pd.Timestamp(line["end"].iloc[0]).replace(day=1)
    if not is_rest:  # from nothing, at the beginning of its first month
        drawing.add_scatter(
            x=[start, line["end"].iloc[0]], y=[line["value"].iloc[0] if stacked else 0, line["value"].iloc[0]], mode="lines",
            line={"color": shown, "width": width}, hoverinfo="skip", showlegend=False, **on,
        )  # fmt: skip
    if len(whole) and not stacked:
        end, final = line.iloc[-1], whole["value"].iloc[0]
        drawing.add_scatter(
            x=[end["end"], beyond], y=[end["value"], final], mode="lines", showlegend=False, hoverinfo="skip",
            line={"color": shown, "width": width, "dash": "dot"}, **on,
        )  # fmt: skip
        _unseen(drawing, beyond, final, whole.iloc[0], on)


def _unseen(drawing: Drawing, x: pd.Timestamp, y: float, row: pd.Series, on: dict) -> None:
    """A mark that can be chosen where words or a line already show it."""
    drawing.add_scatter(
        x=[x], y=[y], mode="markers", marker=unseen(16), customdata=[[row["mark"]]],
        hovertext=[row["heading"]], hoverinfo="text", showlegend=False, **on,
    )  # fmt: skip


def _loans(
    drawing: Drawing, rows: pd.DataFrame, points: pd.DataFrame, beyond: pd.Timestamp, labels: list[Label], on: dict
) -> None:
    """What is still to be lent: words at the end of the line of who lends it, and an unseen mark for its evidence."""
    for loan in rows[rows["series"] == "loan"].itertuples():
        own = points[points["code"] == loan.code]
        if own.empty:
            continue
        place = next((n for n, label in enumerate(labels) if f">{own['name'].iloc[0]}<" in label.text), None)
        if place is None:
            continue
        label = labels[place]
        more = f"<br><span style='font-size:11px'>+ {phrases.euros(loan.amount_eur, short=True)} loan</span>"
        labels[place] = label._replace(text=label.text + more, lines=label.lines + 1)
        _unseen(drawing, beyond, label.height, pd.Series({"mark": loan.mark, "heading": loan.heading}), on)


def _area(drawing: Drawing, code: str, lower: pd.Series, upper: pd.Series, on: dict) -> None:
    fill = look.area(code, drawing.theme) if code in look.STACKED else Fill(look.KIND_COLOUR[drawing.theme][code], "")
    drawing.add_scatter(
        x=[*upper.index, *lower.index[::-1]], y=[*upper, *lower[::-1]], mode="lines", line={"width": 0}, fill="toself",
        fillcolor=fill.ground, hoverinfo="skip", showlegend=False,
        fillpattern=fill.tile(size=7), **on,
    )  # fmt: skip


def _economies(drawing: Drawing, rows: pd.DataFrame, panel: Panel) -> None:
    """Each camp's share of its states' economies as a bar, its states as marks below it."""
    bars = rows[rows["series"] == "economy"]
    on, refs = panel.on, {"xref": f"x{panel.axis}", "yref": f"y{panel.axis}"}
    top = rows["value"].max() * 1.12
    for place, bar in enumerate(bars.itertuples()):
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
        states = rows[(rows["series"] == "state") & (rows["camp"] == bar.code)].sort_values("value")
        drawing.add_scatter(
            x=states["value"], y=[height - 0.25] * len(states), mode="markers", customdata=states["mark"].to_numpy()[:, None],
            hovertext=states["heading"], hoverinfo="text", showlegend=False, cliponaxis=False,
            marker={"symbol": CAMP_SYMBOL.get(bar.code, "circle-open"), "size": 9,
                    "color": style.faded(look.CAMP_COLOUR[bar.code], 0.75)}, **on,
        )  # fmt: skip
        for state, anchor in _named(states):
            name = SHORT.get(state["name"], state["name"])
            drawing.write(state["value"], height - 0.31, name, size=11.5, yanchor="top", xanchor=anchor, **refs)
    _axes(
        drawing, panel,
        {"range": [0, top], "dtick": 1, "ticksuffix": " %", "gridcolor": style.GRID, "showgrid": True, "zeroline": False, "domain": [panel.left, 0.99 if not panel.narrow else 0.97]},
        {"range": [0.4, len(bars) + 0.55], "showticklabels": False, "showgrid": False, "zeroline": False},
    )  # fmt: skip
    words = "Share of their GDP" + ("" if panel.narrow else "; small marks: each state")
    look.heading(drawing, words, x=panel.left, y=panel.top + 8 / drawing.height)


def _named(states: pd.DataFrame) -> list[tuple[pd.Series, str]]:
    if states.empty:
        return []
    low, high = states.iloc[0], states.iloc[-1]
    if len(states) == 1 or high["value"] - low["value"] < 0.35:
        return [(high, "left" if high["value"] < 0.5 else "center")]
    return [(low, "left" if low["value"] < 0.2 else "center"), (high, "center")]
