"""Donors ranked: how much, of which kind, and how much that is for the size of the donor."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import inf
from typing import Any

import pandas as pd

from two_shields.contract.table import EU_INSTITUTIONS
from two_shields.domain import aid
from two_shields.domain.aid import BLOCS, CAMPS, UNITED_STATES, Period
from two_shields.exhibits.aid import ranking_figure, series, spans
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import AidView
from two_shields.text import phrases

NAME = "aid-ranking"
#: Donors that gave less than this part of what the first one has are in the table alone.
SMALLEST = 0.0015
#: Groups of states by camp, and names that differ within a sentence.
_OF_CAMPS = ("german_led", "both", "french_led")
_IN_A_LIST = {"both": "both camps", "others": "other donors"}


def frame(record: Record, view: AidView) -> Frame:
    """A row per donor or group, the first first; without a series, published totals over their periods."""
    if not series.has_money(record, view):
        return _totals(record, view)
    period = series.period_of(record, view)
    is_shared = view.eu == "shared" and not _why_apart(view, period)
    sums = aid.totals(record, period, by=view.by, kinds=tuple(view.kind), donors=tuple(view.donor))
    shares = aid.attributed(record).fillna(0.0).to_dict() if is_shared else {}
    if is_shared:
        sums.pop(EU_INSTITUTIONS, None)
    marks = series.rows(record, _rows(record, view, sums, shares, period), view)
    if not marks:  # the EU's institutions alone, and shared out
        return _totals(record, view)
    rows = pd.DataFrame(marks)
    title = _title(rows, view, period, shared=is_shared)
    columns = {
        "place": "Rank", "name": "Donor", "camp_words": "Camp", "amount_words": "Amount", "amount_eur": "Euros",
        "share_words": "Share of GDP", "head_words": "Per head", "military": "Military, euros", "financial": "Financial, euros",
        "humanitarian": "Humanitarian, euros", "undated": "Of it without a month, euros", "period_words": "Period",
    }  # fmt: skip
    if is_shared:
        columns["eu_share"] = "Part in the EU's aid, euros"
    return Frame.of(
        record, NAME, title, "Bars by donor", rows, columns,
        key=f"{series.signs()} {_compared(rows)}".strip() if view.by == "donor" else "",
        caption=series.caption(record, period, rows["undated"].sum(), *_how_to_read(view, period, shared=is_shared)),
        notes=(*_silent(record, view, sums), *series.notes(record)),
    )  # fmt: skip


def _why_apart(view: AidView, period: Period) -> str:
    """Why the EU's aid cannot be shared out to members here; blank where it can."""
    if view.by != "donor":
        return "groups"
    if aid.chosen_kinds(view.kind) != aid.KINDS:
        return "single kinds"
    return "" if period.whole else "a part of the time"


def _rows(
    record: Record, view: AidView, sums: Mapping[str, Mapping[str, float]], shares: Mapping[str, float], period: Period
) -> list[dict[str, Any]]:
    names = {code: group.name for code, group in {"camp": CAMPS, "bloc": BLOCS}.get(view.by, {}).items()}
    camps, apart = aid.camp_of(record), set()
    if view.by == "donor" and not view.donor and view.per == "euro":
        apart = {UNITED_STATES, EU_INSTITUTIONS}
    rows: list[dict[str, Any]] = []
    for code, row in sums.items():
        camp, share, without = camps.get(code, code), shares.get(code, 0.0), 1.0 if period.whole else 0.0
        amount = row["total"] + share
        gdp_share, per_head = 100 * amount / row["gdp"], amount / row["population"]
        scale = {"euro": 1e-9, "gdp": 100 / row["gdp"], "head": 1 / row["population"]}[view.per]
        bars = {
            name: value * scale
            for kind, undated in ((kind, row[f"undated_{kind}"] * without) for kind in aid.KINDS)
            for name, value in ((f"bar_{kind}", row[kind] - undated), (f"bar_undated_{kind}", undated))
        }
        rows.append({
            **row, **bars, "eu_share": share, "series": "donor", "code": code, "mark": code, "camp": camp,
            "name": names.get(code) or record.country_names[code], "iso3": code if code in record.country_names else "",
            "amount_eur": amount, "gdp_share": gdp_share, "per_head": per_head, "period_words": period.words,
            "sign": aid.sign_of(record, code), "camp_words": CAMPS[camp].name if camp in CAMPS else "",
            "value": {"euro": amount / 1e9, "gdp": gdp_share, "head": per_head}[view.per], "bar_eu": share * scale,
            "bar_military_all": bars["bar_military"] + bars["bar_undated_military"],
            "share_words": series.percent(gdp_share) if gdp_share == gdp_share else "",
            "head_words": f"€{per_head:,.0f}" if per_head == per_head else "", "measured": view.per, "sorted_by": view.sort,
        })  # fmt: skip
    order = {"amount": "value", "share": "gdp_share", "military": "bar_military_all"}[view.sort]
    rows.sort(key=lambda row: -row[order] if row[order] == row[order] else inf)
    least = SMALLEST * max((row["amount_eur"] for row in rows if row["code"] not in apart), default=0.0)
    for place, row in enumerate(rows, start=1):
        share, of = row["gdp_share"], f", {row['share_words']} of GDP" if row["share_words"] else ""
        is_drawn = row["code"] not in apart and row["value"] == row["value"]
        row |= {
            "place": place,
            "place_by_share": 1 + sum(other["gdp_share"] > share for other in rows) if share == share else 0,
            "placed": is_drawn and (row["amount_eur"] >= least or bool(view.donor)),
            "heading": f"{row['name']}: {phrases.euros(row['amount_eur'])}{of}, {series.kinds(view)} {period.words}",
        }
    return rows


def _title(rows: pd.DataFrame, view: AidView, period: Period, *, shared: bool) -> str:
    is_military = view.sort == "military" and view.per == "euro"  # shares of GDP and per head are of all kinds chosen
    what = "military aid" if is_military else series.kinds(view)
    lead = "With the EU's aid shared out to its members, " if shared else ""
    if view.by != "donor":
        given = rows[rows["value"] > 0]
        # The camps are what is asked for; who else gives stands beside them in the chart.
        by_camp = given[given["code"].isin(_OF_CAMPS)]
        parts = [
            f"{_IN_A_LIST.get(row.code, row.name)} {_amount(row, view)}"
            for row in tuples(given if by_camp.empty else by_camp)
        ]
        measure = {"gdp": ", as a share of GDP", "head": ", per head"}.get(view.per, "")
        return f"{phrases.capital(what)} to Ukraine allocated {period.words}{measure}: {phrases.join(parts)}"
    if not (rows["amount_eur"] > 0).any():
        return f"No {what} to Ukraine was allocated {period.words}"
    by_size = rows[rows["gdp_share"].notna()].sort_values("gdp_share", ascending=False)
    by_gdp = view.sort == "share" or view.per == "gdp"
    if by_size.empty if by_gdp else rows["value"].isna().all():
        return f"The record gives no {'GDP' if by_gdp else 'population'} for {phrases.join(list(rows['name']), most=3)}"
    if by_gdp:
        first, second = by_size.iloc[0], by_size.iloc[1] if len(by_size) > 1 else None
        after = f", before {second['name']} with {second['share_words']}" if second is not None else ""
        return phrases.capital(
            f"{lead}{first['name']} allocated the most {what} to Ukraine for the size of its economy {period.words}: "
            f"{first['share_words']} of GDP{after}"
        )
    first = rows.loc[rows["bar_military_all" if is_military else "value"].idxmax()]
    most = f"{lead}{phrases.the(first['name'], middle=True)} allocated the most {what} to Ukraine {period.words}, "
    most += (
        f"{first['head_words']} per head"
        if view.per == "head"
        else phrases.euros(first["military" if is_military else "amount_eur"])
    )
    if by_size.empty or len(rows) == 1:
        return phrases.capital(most)
    best = by_size.iloc[0]
    if best["code"] == first["code"]:
        return phrases.capital(f"{most}, and the most for the size of its economy, {best['share_words']} of GDP")
    return phrases.capital(f"{most}; for the size of its economy {best['name']} did, {best['share_words']} of GDP")


def _amount(row, view: AidView) -> str:
    euros = row.military if view.sort == "military" else row.amount_eur
    return {"euro": phrases.euros(euros), "gdp": row.share_words, "head": row.head_words}[view.per]


def _compared(rows: pd.DataFrame) -> str:
    """Those who would crush the others on their scale."""
    amounts = [
        f"{row.name} {phrases.euros(row.amount_eur)}{f' ({row.share_words} of GDP)' if row.share_words else ''}"
        for row in tuples(rows)
        if row.measured == "euro" and not row.placed and row.code in (UNITED_STATES, EU_INSTITUTIONS)
    ]
    return f"Not drawn, to keep the scale: {phrases.join(amounts)}." if amounts else ""


def _how_to_read(view: AidView, period: Period, *, shared: bool) -> Iterator[str]:
    if shared:
        yield "Green: a member's part in the EU's aid by the institute's key; the EU's own row is then left out."
    elif view.eu == "shared":
        yield f"The EU's aid is not shared out here: the institute publishes that for all kinds over the whole time, not for {_why_apart(view, period)}."
    else:
        yield "A state's part in the EU's aid is not in its row."
    yield "Shares are of the GDP of 2021, as the tracker uses it."
    if view.by == "camp":
        yield "States are grouped by where they stand in this version of the data, also for months before they joined."


def _silent(record: Record, view: AidView, sums: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Who gave nothing in this choice, who gave too little to be drawn, and who is not in the series at all."""
    if view.by != "donor" or view.donor:
        return
    names = record.country_names
    if nothing := sorted(names[code] for code, row in sums.items() if row["total"] == 0):
        yield f"Allocated nothing of this in this time: {phrases.join(nothing)}."
    if missing := sorted(names[code] for code in aid.silent(record)):
        yield f"European states that the series does not have, which is not to say that they gave nothing: {phrases.join(missing)}."


def _totals(record: Record, view: AidView) -> Frame:
    shown = spans.frame(record, view)
    title = f"No donor is ranked by these sources, only totals told: {shown.title}" if len(shown.rows) else shown.title
    return replace(shown, name=NAME, title=title, alt=fit(f"{title}."))


EXHIBIT = Exhibit(
    NAME, AidView, view="ranking", frame=frame, panels=(ranking_figure.figure,), card=ranking_figure.card,
    first_rows=ranking_figure.first_rows,
)  # fmt: skip
