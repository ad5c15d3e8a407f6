"""The frames of the page Country: everything that the record has about one country, in parts that may be missing.

Here are the portrait with its summary, its standing, events, mentions and conflicts; its systems and its aid have
modules of their own.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import pandas as pd

from two_shields.contract.vocabulary import MEMBERSHIP_STATUSES, STATES
from two_shields.domain import membership
from two_shields.exhibits.country import aid, events, layers, mentions, place, standing, systems
from two_shields.exhibits.country.summary import alliances, summary
from two_shields.exhibits.frame import Frame, conflict_sentences, conflicts_about
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import AidView, CountryView, InitiativesView, TimelineView


@dataclass(frozen=True)
class Badge:
    """Where a country stands, in a few words; `mark` is the step that says so, blank where it is none."""

    words: str
    mark: str = ""


@dataclass(frozen=True)
class Portrait:
    """One country: its name and alliances, a summary, and an exhibit per part; a part without facts is None or empty.

    `mentions` holds ids of claims that name the country, and only where no fact row does; `conflicts` has the
    columns of that table; `links` are other views, narrowed to the country, with their words.
    """

    iso3: str
    name: str
    alliances: str
    summary: tuple[str, ...]
    badges: tuple[Badge, ...]
    place: Frame | None
    layers: Frame | None
    standing: Frame | None
    systems: Frame | None
    aid: Frame | None
    events: Frame | None
    mentions: tuple[str, ...]
    conflicts: pd.DataFrame
    links: tuple[tuple[str, View], ...]

    def copy(self, *, deep: bool = False) -> Self:
        """The same portrait with frames and conflicts of its own, as `Frame.copy` makes them."""
        parts = {name: part for name, part in vars(self).items() if isinstance(part, (Frame, pd.DataFrame))}
        return dataclasses.replace(self, **{name: part.copy(deep=deep) for name, part in parts.items()})

    @property
    def why_disputed(self) -> tuple[str, ...]:
        """What sources disagree on about its standing, where that would move it to another group; else nothing."""
        if self.place is None or not self.place.rows["moves"].iloc[0] or self.standing is None:
            return ()
        is_of_membership = [any(cell.startswith("memberships/") for cell in cells) for cells in self.conflicts["cells"]]
        return conflict_sentences(self.conflicts[is_of_membership])

    @property
    def is_silent(self) -> bool:
        return not (self.standing or self.systems or self.aid or self.events or self.mentions)


@cached(most=128)
def portrait(record: Record, view: CountryView) -> Portrait:
    filtered, iso3 = record.only(view.evidence), view.country
    parts = [part.EXHIBIT.frame_of(record, view) for part in (standing, systems, aid, events)]
    held, systems_, given, happened = parts
    known = any(part is not None for part in parts)
    return Portrait(
        iso3,
        filtered.country_names[iso3],
        alliances(filtered, iso3),
        summary(filtered, iso3) if known else (),
        _badges(filtered, iso3, held),
        place.EXHIBIT.frame_of(record, view),
        layers.EXHIBIT.frame_of(record, view),
        *parts,
        () if known else mentions.naming(filtered, iso3),
        _conflicts(filtered, (held, systems_, given)),
        _links(view, held, given, happened),
    )


def _badges(record: Record, iso3: str, held: Frame | None) -> tuple[Badge, ...]:
    """Its camp, then where it stands in each initiative, the camps' first."""
    state = STATES[membership.state_of(record, "signed")[iso3]]
    badges = [Badge(f"{state.mark} {state.label}".strip())] if state.mark else []
    if held is None:
        return tuple(badges)
    signs = {"german_led": "●", "french_led": "■"}
    current = {(row.initiative_id, row.status) for row in membership.standings_of(record, "signed", iso3)}
    columns = (held.rows[name] for name in ("initiative_id", "status", "initiative", "camp", "status_words", "mark"))
    for initiative_id, status, initiative, camp, words, mark in zip(*columns, strict=True):
        if (initiative_id, status) in current:
            current.remove((initiative_id, status))
            is_in = MEMBERSHIP_STATUSES[status].reading in ("strict", "signed")
            sign = signs.get(camp, "") if is_in else ""
            badges.append(Badge(f"{sign} {initiative.partition(' (')[0]}: {words}".strip(), mark))
    return tuple(badges)


def _conflicts(record: Record, frames: Sequence[Frame | None]) -> pd.DataFrame:
    lists = [facts for frame in frames if frame and "facts" in frame.rows for facts in frame.rows["facts"]]
    facts = tuple(fact for facts in lists if isinstance(facts, tuple) for fact in facts)
    return conflicts_about(record, pd.DataFrame({"facts": [facts]}))


def _links(
    view: CountryView, standing: Frame | None, given: Frame | None, events: Frame | None
) -> tuple[tuple[str, View], ...]:
    one, evidence = (view.country,), view.evidence
    links: list[tuple[str, View]] = [("On the map", InitiativesView(view="map", country=one, evidence=evidence))]
    ids = tuple(dict.fromkeys(standing.rows["initiative_id"])) if standing else ()
    if ids:
        # The bare matrix shows the two camps; this country's other initiatives need naming.
        chosen = () if set(ids) <= set(membership.QUESTION) else ids
        matrix = InitiativesView(view="matrix", initiative=chosen, country=one, evidence=evidence)
        links.append(("In the matrix", matrix))
    if events:
        links.append(("On the timeline", TimelineView(country=one, evidence=evidence)))
    if given and view.country in set(given.rows["donor"]):
        links.append(("Its aid", AidView(donor=one, evidence=evidence)))
        links.append(("Its published totals", AidView(view="reported", donor=one, evidence=evidence)))
    elif given:
        links.append(("All aid", AidView(evidence=evidence)))
    return tuple(links)
