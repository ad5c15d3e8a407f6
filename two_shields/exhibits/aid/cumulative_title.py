"""The finding of aid over time, in a sentence that names its filters."""

from collections.abc import Mapping

from two_shields.contract.vocabulary import AID_KINDS
from two_shields.domain import aid
from two_shields.domain.aid import EUROPE, UNITED_STATES, Period
from two_shields.exhibits.aid import series
from two_shields.record.record import Record
from two_shields.state.views import AidView
from two_shields.text import phrases


def title(record: Record, view: AidView, sums: Mapping[str, Mapping[str, float]], period: Period) -> str:
    what, when = series.kinds(view), period.words
    total = {code: row["total"] for code, row in sums.items()}
    if view.by == "kind":
        return _by_kind(record, view, sums, when)
    if view.by == "camp" and "german_led" in total:
        inside = total.get("german_led", 0.0) + total.get("both", 0.0)
        return (
            f"Members of the Sky Shield allocated {phrases.euros(inside)} of {what} to Ukraine {when}, "
            f"{phrases.euros(total.get('both', 0.0))} of it by states in both camps; "
            f"those on the French-led track alone {phrases.euros(total.get('french_led', 0.0))}"
        )
    if view.donor and view.by == "donor":
        left = sum(row["undated"] for row in sums.values())
        more = "" if period.whole or not left else f"; a further {phrases.euros(left)} has no month"
        if len(total) == 1:
            ((code, row),) = sums.items()
            of = f" ({series.share(row['total'], row['gdp'])})" if view.per == "gdp" else ""
            return f"{record.country_names[code]} allocated {phrases.euros(row['total'])}{of} of {what} to Ukraine {when}{more}"
        parts = [f"{record.country_names[code]} {phrases.euros(amount)}" for code, amount in total.items()]
        return f"{phrases.capital(what)} to Ukraine allocated {when}: {phrases.join(parts, most=3)}{more}"
    return _against(sums, what, when, view.per)


def _against(sums: Mapping[str, Mapping[str, float]], what: str, when: str, per: str) -> str:
    one, other = (sums[code]["total"] if code in sums else 0.0 for code in (EUROPE, UNITED_STATES))
    if per == "gdp" and {EUROPE, UNITED_STATES} <= sums.keys():
        shares = [series.percent(100 * sums[code]["total"] / sums[code]["gdp"]) for code in (EUROPE, UNITED_STATES)]
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


def _by_kind(record: Record, view: AidView, sums: Mapping[str, Mapping[str, float]], when: str) -> str:
    who = series.donors_named(record, view) or f"{len(aid.donors_of(record))} donors"
    parts = [
        f"{phrases.euros(row['total'])} {AID_KINDS[kind].label}" for kind, row in sums.items() if kind in AID_KINDS
    ]
    return f"{phrases.capital(who)} allocated {phrases.join(parts)} aid to Ukraine {when}"
