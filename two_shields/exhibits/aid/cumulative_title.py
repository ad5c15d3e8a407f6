"""The finding of aid over time, in a sentence that names its filters."""

import pandas as pd

from two_shields.contract.vocabulary import AID_KINDS
from two_shields.domain.aid import EUROPE, UNITED_STATES, Period
from two_shields.exhibits.aid import series
from two_shields.record.record import Record
from two_shields.state.views import AidView
from two_shields.text import phrases


def title(record: Record, view: AidView, sums: pd.DataFrame, period: Period) -> str:
    what, when, total = series.kinds(view), period.words, sums["total"]
    if view.by == "kind":
        return _by_kind(record, view, sums, when)
    if view.by == "camp" and "german_led" in total.index:
        inside = total.get("german_led", 0.0) + total.get("both", 0.0)
        return (
            f"Members of the Sky Shield allocated {phrases.euros(inside)} of {what} to Ukraine {when}, "
            f"{phrases.euros(total.get('both', 0.0))} of it by states in both camps; "
            f"those on the French-led track alone {phrases.euros(total.get('french_led', 0.0))}"
        )
    if view.donor and view.by == "donor":
        left = sums["undated"].sum()
        more = "" if period.whole or not left else f"; a further {phrases.euros(left)} has no month"
        if len(total) == 1:
            of = f" ({series.share(total.iloc[0], sums['gdp'].iloc[0])})" if view.per == "gdp" else ""
            return f"{record.country_names[total.index[0]]} allocated {phrases.euros(total.iloc[0])}{of} of {what} to Ukraine {when}{more}"
        parts = [f"{record.country_names[code]} {phrases.euros(amount)}" for code, amount in total.items()]
        return f"{phrases.capital(what)} to Ukraine allocated {when}: {phrases.join(parts, most=3)}{more}"
    return _against(sums, what, when, view.per)


def _against(sums: pd.DataFrame, what: str, when: str, per: str) -> str:
    one, other = (sums["total"].get(code, 0.0) for code in (EUROPE, UNITED_STATES))
    if per == "gdp" and {EUROPE, UNITED_STATES} <= set(sums.index):
        shares = [series.percent(100 * sums["total"][c] / sums["gdp"][c]) for c in (EUROPE, UNITED_STATES)]
        return f"Europe allocated {shares[0]} of its GDP as {what} to Ukraine {when}, the United States {shares[1]}"
    if other <= 0 or one <= 0:
        who, rest, amount = ("Europe", "the United States", one) if one > 0 else ("The United States", "Europe", other)
        return f"{who} allocated {phrases.euros(amount)} of {what} to Ukraine {when}, {rest} none"
    first, second = ("Europe", "the United States") if one >= other else ("The United States", "Europe")
    ratio = max(one, other) / min(one, other)
    if ratio >= 10:
        return (
            f"{first} allocated {phrases.euros(max(one, other))} of {what} to Ukraine {when}, "
            f"{second} {phrases.euros(min(one, other))}"
        )
    much = "about as much" if ratio < 1.05 else f"{ratio:.1f} times as much"
    return (
        f"{first} allocated {much} {what} to Ukraine as {second} {when}: "
        f"{phrases.euros(max(one, other))} against {phrases.euros(min(one, other))}"
    )


def _by_kind(record: Record, view: AidView, sums: pd.DataFrame, when: str) -> str:
    who = series.donors_named(record, view) or f"{record['aid_monthly']['donor'].nunique()} donors"
    parts = [
        f"{phrases.euros(amount)} {AID_KINDS[kind].label}"
        for kind, amount in sums["total"].items()
        if kind in AID_KINDS
    ]
    return f"{phrases.capital(who)} allocated {phrases.join(parts)} aid to Ukraine {when}"
