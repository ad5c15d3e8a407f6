"""A country in a few sentences: its alliances, where it stands between the camps, and what of their systems it bought."""

from __future__ import annotations

import pandas as pd

from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES
from two_shields.domain import membership, procurement
from two_shields.record.record import Record
from two_shields.state.views import CountryView
from two_shields.text import dates, phrases


def alliances(kept: Record, iso3: str) -> str:
    """`In NATO since 29 March 2004, in the EU since 1 May 2004`."""
    row = kept["countries"].set_index("iso3").loc[iso3]
    parts = [
        f"in {name} since {dates.words(day)}" if day else f"not in {name}"
        for name, day in (("NATO", row["nato_since"]), ("the EU", row["eu_since"]))
    ]
    text = " and ".join(parts) if row["nato_since"] or row["eu_since"] else "in neither NATO nor the EU"
    return text[:1].upper() + text[1:]


def summary(kept: Record, iso3: str) -> tuple[str, ...]:
    """Where it stands between the two camps (reading: signed), and what of their systems it bought."""
    name = kept.country_names[iso3]
    state = membership.states(kept, "signed").set_index("iso3").loc[iso3, "state"]
    rows = membership.standings(kept, "signed", None, (), iso3)
    words = {
        camp: _standings_words(kept, rows[rows["initiative_id"].isin(ids)]) for camp, ids in membership.CAMPS.items()
    }
    german, french = words["german_led"], words["french_led"]
    both = "; ".join(filter(None, (german, french)))
    first = {
        "both": f"{the(name)} is in both camps. {both}.",
        "german_led": f"{the(name)} is in the Sky Shield. {both}."
        + ("" if french else " Nothing is known that would put it on the French-led track."),
        "french_led": f"{the(name)} is on the French-led track. {'; '.join(filter(None, (french, german)))}."
        + ("" if german else " Nothing is known that would put it in the Sky Shield."),
        "neither": f"{the(name)} is not in either camp. {both}.",
        "unknown": f"Nothing is known about {the(name, middle=True)} and the two camps.",
    }[state]
    bought = procurement.purchases(kept)
    bought = bought[bought["iso3"] == iso3]
    names = kept.system_names
    sure = [names[i] for i in dict.fromkeys(bought.loc[bought["stage"].isin(procurement.BOUGHT), "system_id"])]
    meant = [names[i] for i in dict.fromkeys(bought.loc[~bought["stage"].isin(procurement.BOUGHT), "system_id"])]
    parts = [f"has or ordered {phrases.join(sure)}"] if sure else []
    parts += [f"chose, means to buy or wants {phrases.join(meant)}"] if meant else []
    without_joining = state != "both" and bool(set(bought["camp"]) - {state})
    second = f"Of the camps' systems it {' and '.join(parts)}" + (
        ": buying is not joining." if without_joining else "."
    )
    return (first, second) if parts else (first,)


def _standings_words(kept: Record, rows: pd.DataFrame) -> str:
    """`Sky Shield (ESSI): signed memorandum, October 2023; JAMIE: joined, 14 November 2024`"""
    return "; ".join(
        f"{kept.initiative_names[row.initiative_id]}: {MEMBERSHIP_STATUSES[row.status].label}{comma(when_words(row))}"
        + (" (inferred)" if kept.is_inferred(row.facts) else "")
        for row in rows.itertuples()
    )


def when_words(row) -> str:
    if not row.when:
        return ""
    return f"by {dates.words(row.when)}" if row.from_publication else dates.words(row.when)


def the(name: str, *, middle: bool = False) -> str:
    """The country's name as it stands in a sentence."""
    if name.startswith(("United ", "Netherlands")):
        return ("the " if middle else "The ") + name
    return name


def comma(words: str) -> str:
    return f", {words}" if words else ""


def describe(kept: Record, view: CountryView) -> str:
    """What the head of its page says of a country."""
    iso3 = view.country
    return " ".join((f"{kept.country_names[iso3]}. {alliances(kept, iso3)}.", *summary(kept, iso3)))
