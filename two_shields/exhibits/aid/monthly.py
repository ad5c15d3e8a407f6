"""Aid by month, as it was announced: by donor, camp, bloc or kind; money without a month in one bar apart."""

from collections import namedtuple
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import fsum

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.table import EU_INSTITUTIONS
from two_shields.contract.vocabulary import AID_KINDS
from two_shields.domain import aid
from two_shields.domain.aid import BLOCS, CAMPS, UNITED_STATES, Period
from two_shields.exhibits.aid import look, series, spans
from two_shields.exhibits.aid.totals import totals_sentence
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import AidView
from two_shields.text import dates, phrases

NAME = "aid-monthly"
#: Beside the United States and the EU's institutions, as many donors have a colour of their own.
MOST_NAMED = 3
REST = "rest"
#: What tells groups apart without their colour; what has no month is hatched aslant, on no ground.
PATTERNS = ("", "-", ".", "|", "x", "+", "\\")
DATED = {"fillmode": "overlay", "fgcolor": "white", "fgopacity": 0.35, "size": 8, "solidity": 0.14}
UNDATED = {"shape": "/", "fillmode": "replace", "solidity": 0.4}
#: What is drawn of a row, as plain values.
Bar = namedtuple("Bar", "series month code name camp sign amount_eur mark heading")


def frame(record: Record, view: AidView) -> Frame:
    """What each donor or group was booked with in each month; without a series, published totals over their periods."""
    if not series.has_money(record, view):
        return _totals(record, view)
    period = series.period_of(record, view)
    names = _names(record, view, period)
    marks = series.rows(record, _bars(record, view, period, names), view)
    if not marks:  # nothing in this time
        return _totals(record, view)
    rows = pd.DataFrame(marks)
    by_month: dict[str, float] = {}
    for mark in marks:
        by_month[mark["month"]] = by_month.get(mark["month"], 0.0) + mark["amount_eur"]
    undated = by_month.pop("", 0.0)
    choice = {"kinds": tuple(view.kind), "donors": tuple(view.donor)}
    left_out = sum(row["undated"] for row in aid.totals(record, period, by="kind", **choice).values())
    most = max(sorted(by_month), key=by_month.__getitem__, default="")
    who = series.donors_named(record, view)
    title = (
        f"{dates.words(most)} was the month with the most {series.kinds(view)} to Ukraine{who and f' from {who}'}: "
        f"{phrases.euros(by_month[most])} of {phrases.euros(sum(by_month.values()))} {period.words}"
        if most
        else f"No {series.kinds(view)} to Ukraine has a month here"
    )
    title += f"; {phrases.euros(undated)} has no month" if undated else ""
    below = "Below zero: corrections." if (rows["amount_eur"] < 0).any() else ""
    signs = series.signs() if rows["sign"].any() and view.by == "donor" else ""
    caption = series.caption(record, period, left_out, below)
    notes = series.notes(record)
    return Frame.of(record, NAME, title, "Bars by month", rows, series.COLUMNS, key=signs, caption=caption, notes=notes)


def _totals(record: Record, view: AidView) -> Frame:
    shown = spans.frame(record, view)
    sentence = totals_sentence(shown.rows) if len(shown.rows) else ""
    title = (
        "The sources chosen give no amounts by month, only totals over longer periods"
        if sentence
        else "The sources chosen give no amounts for this choice"
    )
    caption = "A total over a year says nothing about its months; it is drawn over the whole period that it covers."
    return replace(shown, name=NAME, title=title, alt=fit(f"{title}. {sentence}."), caption=caption)


def _names(record: Record, view: AidView, period: Period) -> Mapping[str, str]:
    """The groups that have a colour of their own, from the bottom of a bar to its top."""
    if view.by == "kind":
        return {kind: phrases.capital(AID_KINDS[kind].label) for kind in aid.chosen_kinds(view.kind)}
    if view.by in ("camp", "bloc"):
        return {code: group.name for code, group in {"camp": CAMPS, "bloc": BLOCS}[view.by].items()}
    if view.donor:
        return {donor: record.country_names[donor] for donor in view.donor}
    donors = list(aid.totals(record, period, kinds=tuple(view.kind)))
    first = [code for code in (UNITED_STATES, EU_INSTITUTIONS) if code in donors]
    most = [code for code in donors if code not in first]
    names = {code: record.country_names[code] for code in (*first, *most[:MOST_NAMED])}
    return names | ({REST: f"{len(most) - MOST_NAMED} others"} if len(most) > MOST_NAMED else {})


def _bars(record: Record, view: AidView, period: Period, names: Mapping[str, str]) -> Iterator[Mapping[str, object]]:
    booked: dict[str, list[np.ndarray]] = {}
    apart: dict[str, list[float]] = {}
    for code, _, _, dated, undated in aid.chosen(record, period, view.by, view.kind, view.donor):
        booked.setdefault(code if code in names else REST, []).append(dated)
        apart.setdefault(code if code in names else REST, []).append(undated)
    months, kinds = [(month, dates.words(month)) for month in period.months], series.kinds(view)
    for code, name in names.items():
        common = {
            "code": code, "name": name, "camp": aid.camp_of(record).get(code, code), "sign": aid.sign_of(record, code),
            "iso3": code if code in record.country_names else "",
        }  # fmt: skip
        if view.by == "kind":
            common["kind_words"] = AID_KINDS[code].label
        for (month, words), *amounts in zip(months, *booked.get(code, ()), strict=True):
            if amount := fsum(amounts):
                yield common | {
                    "series": "month", "month": month, "amount_eur": amount, "mark": f"{code}|{month}",
                    "period_words": words, "heading": f"{name}, {words}: {phrases.euros(amount)}, {kinds}",
                }  # fmt: skip
        if amount := period.whole and fsum(apart.get(code, ())):
            yield common | {
                "series": "undated", "month": "", "amount_eur": amount, "mark": f"{code}|undated",
                "period_words": "no month", "heading": f"{name}: {phrases.euros(amount)} without a month, {kinds}",
            }  # fmt: skip


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    rows = frame.rows
    if not len(rows) or not rows["series"].isin(["month"]).any():
        return spans.figure(frame, theme)
    drawing = Drawing(theme, height=420 if narrow else 470)
    bars: dict[str, dict[str, list[Bar]]] = {}
    tops: dict[str, float] = {}
    lows: dict[str, float] = {}
    for bar in tuples(rows, Bar):
        bars.setdefault(bar.code, {}).setdefault(bar.series, []).append(bar)
        ends = tops if bar.amount_eur > 0 or not bar.month else lows
        ends[bar.month] = ends.get(bar.month, 0.0) + bar.amount_eur
    months = {month: pd.Timestamp(month) for month in sorted({*tops, *lows}) if month}
    first, last = min(months.values()), max(months.values())
    apart = last + pd.DateOffset(months=max(3, round((last - first).days / 250)))
    single = len(bars) == 1
    are_kinds = bars.keys() <= look.KIND_COLOUR[theme].keys()
    for place, (code, parts) in enumerate(bars.items()):
        for kind, part in sorted(parts.items()):
            one = part[0]
            ink = style.GREY if code == REST else look.colour(code, one.camp, theme)
            drawing.add_bar(
                x=[months.get(bar.month, apart) for bar in part], y=[bar.amount_eur / look.BILLION for bar in part],
                width=86_400_000 * (26 if kind == "month" else 60),
                marker={"color": style.faded(ink, 0.55) if code == REST else ink,
                        "line": {"width": 0.8, "color": style.BACKGROUND[theme]},
                        "pattern": UNDATED if kind == "undated" else DATED | {"shape": "" if are_kinds else PATTERNS[place % len(PATTERNS)]}},
                customdata=[[bar.mark] for bar in part], hovertext=[bar.heading for bar in part], hoverinfo="text",
                name=f"{one.sign} {one.name}".strip(), legendgroup=code, showlegend=kind == "month" and not single,
            )  # fmt: skip
    has_apart = "" in tops
    top = 1.08 * max(tops.values(), default=0.0) / look.BILLION
    low = min(lows.values(), default=0.0) / look.BILLION
    if (last - first).days < 400:
        ticks, texts = [first + pd.DateOffset(months=m) for m in range(0, 12, 2 if narrow else 1)], []
        texts = [dates.words(f"{day:%Y-%m}")[:3] for day in ticks]
    else:
        ticks = [pd.Timestamp(year=year, month=1, day=1) for year in range(first.year, last.year + 1)]
        texts = [str(day.year) for day in ticks]
    if has_apart:
        ticks, texts = [*ticks, apart], [*texts, "no<br>month" if narrow else "no month"]
    # Room for those words: Plotly leaves out what its edge would cut.
    beyond = max(pd.Timedelta(days=45), 0.06 * (last - first))
    drawing.update_xaxes(
        type="date", showgrid=False, tickvals=ticks, ticktext=texts,
        range=[first - pd.Timedelta(days=20), (apart if has_apart else last) + beyond],
    )  # fmt: skip
    drawing.update_yaxes(**look.amount_axis(top, "bn") | {"range": [low * 1.1, top]}, zerolinecolor=style.GRID)
    drawing.update_layout(
        barmode="relative", showlegend=not single, margin={"t": 12, "b": 8, "l": 8, "r": 8},
        legend={"y": 1.03, "yanchor": "bottom", "x": 0, "font": {"size": 12}, "traceorder": "normal"},
    )  # fmt: skip
    return drawing.figure()


EXHIBIT = Exhibit(NAME, AidView, view="monthly", frame=frame, panels=(figure,))
