"""Words that all frames of memberships share: as of which day, by which reading, when."""

import re
from collections.abc import Iterable

from two_shields.contract.vocabulary import READINGS
from two_shields.record.record import Record
from two_shields.state.views import InitiativesView
from two_shields.text import dates, phrases


def scope(record: Record, view: InitiativesView) -> str:
    """`As of 19 June 2023, among Poland and Germany, ` before a finding: the day, the countries and who counts.

    Of one country alone the finding itself speaks.
    """
    day = f"as of {dates.words(view.as_of.isoformat())}" if view.as_of else ""
    countries = phrases.join([record.country_names[iso3] for iso3 in view.country], most=3)
    among = f"among {countries}" if len(view.country) > 1 else ""
    return "".join(f"{part}, " for part in (day, among, READINGS[view.reading].scope) if part)


def names_in_full(record: Record, initiative_ids: Iterable[str]) -> str:
    """` ESSI: European Sky Shield Initiative. EADS: …`: the abbreviations in the short names of these initiatives."""
    names = record["initiatives"].set_index("initiative_id")
    chosen = names.loc[[initiative_id for initiative_id in initiative_ids if initiative_id in names.index]]
    return "".join(
        f" {short[0]}: {row.name}."
        for row in chosen[["name", "short_name"]].itertuples(index=False)
        if (short := re.search(r"\b[A-Z]{4,}\b", row.short_name)) and short[0] not in row.name
    )


def caption(record: Record, view: InitiativesView, initiative_ids: Iterable[str]) -> str:
    """As of which day a chart of memberships holds, whom it counts as members, and what the abbreviations stand for."""
    day = f"As of {dates.words(view.as_of.isoformat())}" if view.as_of else "As of the latest data"
    counted = READINGS[view.reading].counts
    return f"{day}. Counted as members: {counted}.{names_in_full(record, initiative_ids)}"
