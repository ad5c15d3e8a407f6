"""Donors ranked: how much, of which kind, and how much that is for the size of the donor."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from two_shields.contract.table import EU_INSTITUTIONS
from two_shields.domain import aid
from two_shields.domain.aid import BLOCS, CAMPS, UNITED_STATES, Period
from two_shields.exhibits.aid import ranking_figure, series, spans
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit
from two_shields.record.record import Record
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
    table = aid.sums(record, period, by=view.by, kinds=tuple(view.kind), donors=tuple(view.donor))
    table["eu_share"] = aid.attributed(record).reindex(table.index).fillna(0.0) if is_shared else 0.0
    if is_shared:
        table = table.drop(index=EU_INSTITUTIONS, errors="ignore")
    rows = pd.DataFrame(series.rows(record, _rows(record, view, table, period).to_dict("records"), view))
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
        caption=series.caption(record, period, table["undated"].sum(), *_how_to_read(view, period, shared=is_shared)),
        notes=(*_silent(record, view, table), *series.notes(record)),
    )  # fmt: skip


def _why_apart(view: AidView, period: Period) -> str:
    """Why the EU's aid cannot be shared out to members here; blank where it can."""
    if view.by != "donor":
        return "groups"
    if aid.chosen_kinds(view.kind) != aid.KINDS:
        return "single kinds"
    return "" if period.whole else "a part of the time"


def _rows(record: Record, view: AidView, table: pd.DataFrame, period: Period) -> pd.DataFrame:
    names = {code: group.name for code, group in {"camp": CAMPS, "bloc": BLOCS}.get(view.by, {}).items()}
    camps = aid.camp_of(record)
    amount = table["total"] + table["eu_share"]
    rows = table.assign(
        series="donor",
        code=table.index,
        name=[names.get(code) or record.country_names[code] for code in table.index],
        camp=[camps.get(code, code) for code in table.index],
        amount_eur=amount,
        gdp_share=100 * amount / table["gdp"],
        per_head=amount / table["population"],
        period_words=period.words,
        mark=table.index,
        iso3=[code if code in record.country_names else "" for code in table.index],
    )
    rows["sign"] = [aid.sign_of(record, code) for code in table.index]
    rows["camp_words"] = [CAMPS[camp].name if camp in CAMPS else "" for camp in rows["camp"]]
    rows["value"] = {"euro": rows["amount_eur"] / 1e9, "gdp": rows["gdp_share"], "head": rows["per_head"]}[view.per]
    scale = {"euro": 1e-9, "gdp": 100 / table["gdp"], "head": 1 / table["population"]}[view.per]
    for kind in aid.KINDS:
        dated = table[kind] - (table[f"undated_{kind}"] if period.whole else 0.0)
        rows[f"bar_{kind}"] = dated * scale
        rows[f"bar_undated_{kind}"] = (table[f"undated_{kind}"] if period.whole else 0.0) * scale
    rows["bar_eu"] = table["eu_share"] * scale
    order = {"amount": "value", "share": "gdp_share", "military": "bar_military_all"}[view.sort]
    rows["bar_military_all"] = rows["bar_military"] + rows["bar_undated_military"]
    rows = rows.sort_values(order, ascending=False, kind="stable", na_position="last")
    rows["place"] = range(1, len(rows) + 1)
    by_share = rows["gdp_share"].rank(ascending=False, method="min")
    rows["place_by_share"] = by_share.fillna(0).astype(int)
    rows["share_words"] = [series.percent(share) if share == share else "" for share in rows["gdp_share"]]
    rows["head_words"] = [f"€{value:,.0f}" if value == value else "" for value in rows["per_head"]]
    rows["measured"], rows["sorted_by"] = view.per, view.sort
    apart = {UNITED_STATES, EU_INSTITUTIONS} if view.by == "donor" and not view.donor and view.per == "euro" else set()
    least = SMALLEST * rows.loc[~rows["code"].isin(apart), "amount_eur"].max()
    rows["placed"] = (
        ~rows["code"].isin(apart) & rows["value"].notna() & ((rows["amount_eur"] >= least) | bool(view.donor))
    )
    rows["heading"] = [
        f"{row.name}: {phrases.euros(row.amount_eur)}{f', {row.share_words} of GDP' if row.share_words else ''}, "
        f"{series.kinds(view)} {period.words}"
        for row in rows.itertuples(index=False)
    ]
    return rows.reset_index(drop=True)


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
            for row in (given if by_camp.empty else by_camp).itertuples()
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
    apart = rows[~rows["placed"] & rows["code"].isin((UNITED_STATES, EU_INSTITUTIONS))]
    amounts = [
        f"{row.name} {phrases.euros(row.amount_eur)}{f' ({row.share_words} of GDP)' if row.share_words else ''}"
        for row in apart.itertuples()
        if row.measured == "euro"
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


def _silent(record: Record, view: AidView, table: pd.DataFrame) -> Iterator[str]:
    """Who gave nothing in this choice, who gave too little to be drawn, and who is not in the series at all."""
    if view.by != "donor" or view.donor:
        return
    names = record.country_names
    if nothing := sorted(names[code] for code in table.index[table["total"] == 0]):
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
